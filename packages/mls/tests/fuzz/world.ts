import assert from 'node:assert/strict';
import type { KeyPair } from '../../src/crypto-provider.ts';
import {
  type CommitRequest,
  createCommit,
  createGroup,
  decodeMessage,
  type Environment,
  type Extension,
  encryptApplication,
  exportGroupInfo,
  externalSendersExtension,
  type GroupState,
  joinExternally,
  joinGroup,
  type ProposalRequest,
  propose,
  proposeExternally,
  proposeOwnAddition,
  proposeUpdate,
  ratchetTreeOf,
  receive,
  type StagedCommit,
  splitWelcome,
  type Welcome,
} from '../../src/index.ts';
import { environment, named } from '../members.ts';
import {
  Actor,
  customGroupExtension,
  customProposal,
  type Delivery,
  externalPsk,
  keyName,
  withPsks,
} from './actor.ts';
import { attack, type Transition } from './attack.ts';
import { Dice } from './dice.ts';
import { Knowledge, type ModelCommit } from './knowledge.ts';

export interface WorldOptions {
  readonly seed: string;
  readonly suiteId: number;
  readonly maxMembers: number;
  /** Members beyond this many are offline for good: they are added and never do anything. */
  readonly maxActive: number;
}

/** Exactly one of these wins an epoch. */
interface Candidate {
  readonly actor: Actor;
  readonly message: Uint8Array;
  readonly welcome: Welcome | undefined;
  readonly invited: readonly Invitation[];
  readonly before: GroupState;
  readonly external: boolean;
}

interface Invitation {
  readonly actor: Actor;
  readonly made: Awaited<ReturnType<Actor['keyPackage']>>;
  readonly online: boolean;
}

const maxLag = 2;

/** One group, its delivery service and all its devices, with every choice from a seed. */
export class World {
  readonly options: WorldOptions;
  readonly counts = new Map<string, number>();
  readonly #dice: Dice;
  readonly #groupId: Uint8Array;
  readonly #outsider: KeyPair;
  #knowledge: Knowledge;
  /** Online devices that are, were, or could be members. */
  #actors: Actor[] = [];
  #invitations = new Map<string, Invitation>();
  #nextNumber = 0;
  #newest: GroupState;
  #groupInfo = new Uint8Array(0);
  /** Resumption PSKs, as newcomers get them from elsewhere. */
  readonly #resumptions: Map<bigint, Uint8Array>;

  private constructor(
    options: WorldOptions & { resumptions: Map<bigint, Uint8Array> },
    founder: Actor,
    outsider: KeyPair,
  ) {
    this.options = options;
    this.#dice = new Dice(options.seed);
    this.#groupId = new TextEncoder().encode(options.seed);
    this.#outsider = outsider;
    this.#actors = [founder];
    this.#resumptions = options.resumptions;
    this.#keepResumption(founder.state);
    this.#nextNumber = 1;
    this.#newest = founder.state;
    const leaf = founder.state.epoch.own.leafKey.publicKey;
    this.#knowledge = new Knowledge(founder.name, keyName(leaf));
  }

  static async begin(options: WorldOptions): Promise<World> {
    const resumptions = new Map<bigint, Uint8Array>();
    const founder = new Actor(
      'device 0',
      fuzzEnvironment(options.seed, 0, resumptions),
      options.suiteId,
    );
    const crypto = founder.env.provider.suite(options.suiteId);
    const outsider = await crypto.generateSignatureKeyPair(founder.env.random);
    const identity = await founder.identity();
    const groupId = new TextEncoder().encode(options.seed);
    const groupExtensions = [outsiderExtension(outsider)];
    founder.become(await createGroup(founder.env, { ...identity, groupId, groupExtensions }));
    return new World({ ...options, resumptions }, founder, outsider);
  }

  get memberCount(): number {
    return this.#knowledge.members.size;
  }

  get epoch(): bigint {
    return this.#newest.epoch.context.epoch;
  }

  /** One epoch: talk, proposals, commits that race, delivery, and every oracle. */
  async step(): Promise<void> {
    await this.#talk();
    const proposals = this.memberCount > 1 ? this.#dice.below(3) : 0;
    for (let count = proposals; count > 0; count--) await this.#propose();
    await this.#deliverAll(true);
    const winner = await this.#race();
    await this.#order(winner);
    await this.#deliverAll(false);
    await this.#checkAgreement();
  }

  /** At the end nobody lags: everyone catches up and reads what it still can. */
  async finish(): Promise<void> {
    await this.#talk();
    await this.#deliverAll(true);
    await this.#checkAgreement();
  }

  #online(): Actor[] {
    return this.#actors.filter((actor) => this.#knowledge.members.has(actor.name));
  }

  /** Members in the newest epoch; proposals may still wait for them. */
  #upToDate(): Actor[] {
    return this.#online().filter((actor) => actor.epoch === this.epoch);
  }

  #count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }

  async #talk(): Promise<void> {
    for (const author of this.#dice.some(this.#upToDate(), 0, 2)) {
      const text = `${author.name} in ${this.epoch}, ${this.#dice.below(1e9)}`;
      const data = new TextEncoder().encode(text);
      const paddingBlockBytes = 1 + this.#dice.below(64);
      const send = await encryptApplication(author.env, author.state, { data, paddingBlockBytes });
      const message = author.stored(send);
      const authorLeaf = author.state.epoch.own.leafIndex;
      const letter = { epoch: author.epoch, message, text, author: author.name, authorLeaf };
      for (const actor of this.#actors) {
        if (actor === author || this.#dice.oneIn(12)) continue;
        actor.letters.push(letter);
        if (this.#dice.oneIn(12)) actor.letters.push(letter);
      }
      this.#count('message');
    }
  }

  async #propose(): Promise<void> {
    const speaker = this.#dice.of(this.#upToDate());
    if (speaker.state.proposals.size > 6) return;
    const format = this.#dice.oneIn(3) ? 'private' : 'public';
    const choice = this.#dice.below(8);
    if (choice === 0) return this.#proposeFromOutside(speaker);
    if (choice <= 3) {
      const message = speaker.stored(await proposeUpdate(speaker.env, speaker.state, { format }));
      speaker.plunder();
      this.#learnOwnUpdate(speaker);
      this.#broadcast({ kind: 'proposal', epoch: this.epoch, message }, speaker);
      return this.#count('update proposal');
    }
    const request = await this.#randomProposal(speaker);
    if (request === undefined) return;
    const message = speaker.stored(
      await propose(speaker.env, speaker.state, { ...request, format }),
    );
    this.#broadcast({ kind: 'proposal', epoch: this.epoch, message }, speaker);
    this.#count(`${request.kind} proposal`);
  }

  #learnOwnUpdate(actor: Actor): void {
    const update = actor.state.ownUpdates.at(-1);
    if (update !== undefined) this.#knowledge.owns(actor.name, keyName(update.leafKey.publicKey));
  }

  /** By the listed external sender, or by a device that wants in. */
  async #proposeFromOutside(anybody: Actor): Promise<void> {
    const { cipherSuite } = this.#newest.epoch.context;
    const target = { cipherSuite, groupId: this.#groupId, epoch: this.epoch };
    const env = anybody.env;
    if (this.#dice.oneIn(2) && this.#hasRoom()) {
      const { actor, made } = await this.#invite();
      const { signaturePrivateKey } = made.secrets;
      const addition = { ...target, keyPackage: made.keyPackage, signaturePrivateKey };
      const message = await proposeOwnAddition(actor.env, addition);
      this.#broadcast({ kind: 'proposal', epoch: this.epoch, message }, undefined);
      return this.#count('own addition');
    }
    const victim = this.#randomLeaf();
    const message = await proposeExternally(env, {
      ...target,
      proposal: { kind: 'remove', removed: victim },
      senderIndex: 0,
      signaturePrivateKey: this.#outsider.privateKey,
    });
    this.#broadcast({ kind: 'proposal', epoch: this.epoch, message }, undefined);
    this.#count('external proposal');
  }

  #randomLeaf(): number {
    const leaves = [...this.#newest.epoch.tree.members()].map(({ index }) => index);
    return this.#dice.of(leaves);
  }

  async #randomProposal(speaker: Actor): Promise<ProposalRequest | undefined> {
    switch (this.#dice.below(6)) {
      case 0:
      case 1: {
        if (!this.#hasRoom()) return undefined;
        const { made } = await this.#invite();
        return { kind: 'add', keyPackage: made.keyPackage };
      }
      case 2: {
        const removed = this.#randomLeaf();
        if (this.memberCount < 3 || removed === speaker.state.epoch.own.leafIndex) return undefined;
        return { kind: 'remove', removed };
      }
      case 3:
        return { kind: 'psk', psk: this.#randomPsk() };
      case 4:
        return { kind: 'group_context_extensions', extensions: this.#randomExtensions() };
      default:
        return { kind: 'custom', type: customProposal, data: Uint8Array.of(this.#dice.below(256)) };
    }
  }

  /** External, or of this epoch, which alone everybody has. */
  #randomPsk(): Extract<ProposalRequest, { kind: 'psk' }>['psk'] {
    if (this.#dice.oneIn(2)) return { kind: 'external', id: Uint8Array.of(this.#dice.below(4)) };
    return {
      kind: 'resumption',
      usage: 'application',
      groupId: this.#groupId,
      epoch: this.epoch,
    };
  }

  #randomExtensions(): Extension[] {
    const custom = customGroupExtension(Uint8Array.of(this.#dice.below(256)));
    return this.#dice.oneIn(2)
      ? [outsiderExtension(this.#outsider), custom]
      : [outsiderExtension(this.#outsider)];
  }

  #hasRoom(): boolean {
    return this.memberCount + 8 < this.options.maxMembers;
  }

  async #invite(): Promise<Invitation> {
    const number = this.#nextNumber++;
    const env = fuzzEnvironment(this.options.seed, number, this.#resumptions);
    const actor = new Actor(`device ${number}`, env, this.options.suiteId);
    const made = await actor.keyPackage();
    actor.keep(made.secrets.initKey);
    actor.keep(made.secrets.leafKey);
    const invitation = { actor, made, online: this.#online().length < this.options.maxActive };
    this.#invitations.set(keyName(made.keyPackage.leafNode.encryptionKey), invitation);
    this.#knowledge.owns(actor.name, keyName(made.keyPackage.leafNode.encryptionKey));
    return invitation;
  }

  #broadcast(delivery: Delivery, except: Actor | undefined): void {
    for (const actor of this.#online()) if (actor !== except) actor.inbox.push(delivery);
  }

  async #race(): Promise<Candidate> {
    const candidates: Candidate[] = [];
    const ready = this.#upToDate();
    for (const actor of this.#dice.some(ready, 1, 3)) candidates.push(await this.#commitBy(actor));
    if (candidates.length > 1) this.#count('race');
    if (this.#groupInfo.length > 0 && this.#dice.oneIn(6)) {
      const external = await this.#externalCommit();
      if (external !== undefined) candidates.push(external);
    }
    return this.#dice.of(candidates);
  }

  async #commitBy(actor: Actor): Promise<Candidate> {
    const proposals = actor.redo.splice(0).filter((request) => this.#stillFits(actor, request));
    const invited: Invitation[] = [];
    const isAlone = this.memberCount === 1;
    if (isAlone || (this.#hasRoom() && this.#dice.oneIn(2))) {
      const most = this.options.maxMembers > 100 ? 40 : 4;
      for (let count = this.#dice.below(most) + (isAlone ? 1 : 0); count > 0; count--) {
        const invitation = await this.#invite();
        invited.push(invitation);
        proposals.push({ kind: 'add', keyPackage: invitation.made.keyPackage });
      }
    }
    if (proposals.length === 0 && !isAlone && this.#dice.oneIn(2)) {
      const request = await this.#randomProposal(actor);
      if (request !== undefined) proposals.push(request);
    }
    const request: CommitRequest = {
      proposals,
      commitPending: !this.#dice.oneIn(4),
      forcePath: this.#dice.oneIn(3),
      format: this.#dice.oneIn(4) ? 'private' : 'public',
      authenticatedData: Uint8Array.of(this.#dice.below(256)),
      groupInfo: { includeTree: this.#dice.oneIn(2) },
    };
    const before = actor.state;
    const send = await createCommit(actor.env, actor.state, request);
    const { message, welcome } = actor.stored(send);
    actor.plunder();
    if (this.#dice.oneIn(3)) actor.restart();
    return { actor, message, welcome, invited, before, external: false };
  }

  /** Work that waited while other commits went through. */
  #stillFits(actor: Actor, request: ProposalRequest): boolean {
    const { tree, own } = actor.state.epoch;
    if (request.kind === 'psk') return false;
    if (request.kind !== 'remove') return true;
    const exists = tree.leaf(request.removed) !== undefined;
    return exists && request.removed !== own.leafIndex && this.memberCount > 2;
  }

  /** A newcomer, or a member that lost its state and replaces its own leaf. */
  async #externalCommit(): Promise<Candidate | undefined> {
    const decoded = decodeMessage(this.#groupInfo);
    assert.ok(decoded.kind === 'group_info');
    const { groupInfo } = decoded;
    const identity = (actor: Actor) => actor.identity();
    if (this.#dice.oneIn(2) && this.#upToDate().length > 2) {
      const actor = this.#dice.of(this.#upToDate());
      const before = actor.state;
      const request = {
        ...(await identity(actor)),
        groupInfo,
        replaces: before.epoch.own.leafIndex,
      };
      return this.#external(actor, await joinExternally(actor.env, request), before);
    }
    if (!this.#hasRoom()) return undefined;
    const { actor } = await this.#invite();
    const joining = await joinExternally(actor.env, { ...(await identity(actor)), groupInfo });
    return this.#external(actor, joining, this.#newest);
  }

  #external(
    actor: Actor,
    joining: Awaited<ReturnType<typeof joinExternally>>,
    before: GroupState,
  ): Candidate {
    const rejoined = new Actor(actor.name, actor.env, actor.cipherSuite);
    const message = rejoined.stored(joining);
    for (const pair of actor.loot.keys.values()) rejoined.keep(pair);
    for (const [epoch, secret] of actor.loot.initSecrets)
      rejoined.loot.initSecrets.set(epoch, secret);
    rejoined.plunder();
    return { actor: rejoined, message, welcome: undefined, invited: [], before, external: true };
  }

  /** The delivery service takes one commit; the others have lost. */
  async #order(winner: Candidate): Promise<void> {
    const delivery: Delivery = { kind: 'commit', epoch: this.epoch, message: winner.message };
    const before = this.#newest;
    const former = this.#online();
    let staged: StagedCommit | undefined;
    if (winner.external) {
      this.#actors = this.#actors.filter((actor) => actor.name !== winner.actor.name);
      const witness = former.find(
        (a) => a.name !== winner.actor.name && this.#upToDate().includes(a),
      );
      assert.ok(witness, 'somebody sees the external commit');
      staged = await witness.handle(delivery);
      for (const actor of former) {
        if (actor !== witness && actor.name !== winner.actor.name) actor.inbox.push(delivery);
      }
      winner.actor.joinedEpoch = winner.actor.epoch;
      this.#actors.push(winner.actor);
    } else {
      for (const actor of former) if (actor !== winner.actor) actor.inbox.push(delivery);
      await winner.actor.handle(delivery);
    }
    this.#newest = winner.actor.state;
    this.#keepResumption(this.#newest);
    await this.#learn(winner, before, staged ?? (await this.#firstWitness(winner, delivery)));
    this.#groupInfo = Uint8Array.from(
      await exportGroupInfo(winner.actor.env, winner.actor.state, { allowExternalCommits: true }),
    );
  }

  #keepResumption({ epoch }: GroupState): void {
    this.#resumptions.set(epoch.context.epoch, epoch.secrets.resumption.slice());
  }

  /** Tells the model what was committed, lets joiners in, and lets the removed attack. */
  async #learn(
    winner: Candidate,
    before: GroupState,
    staged: StagedCommit | undefined,
  ): Promise<void> {
    const commit = this.#modelCommit(winner, staged);
    const wereIn = this.#online();
    this.#knowledge.commit(commit);
    assert.deepEqual(
      this.#knowledge.tree.lines(),
      linesOf(this.#newest),
      'the model has the same tree',
    );
    this.#count(winner.external ? 'external commit' : 'commit');
    if (commit.removed.length > 0) this.#count('removing commit');
    if (commit.pathKeys === undefined) this.#count('commit without path');
    await this.#letIn(winner, commit);
    const psks = (staged?.effects.psks ?? []).map((id) => ({ id, psk: this.#pskOf(id) }));
    const transition: Transition = { message: winner.message, before, after: this.#newest, psks };
    const outsiders = this.#actors.filter((actor) => !this.#knowledge.members.has(actor.name));
    for (const actor of outsiders) {
      const justOut = wereIn.includes(actor);
      if (justOut || this.#dice.oneIn(8)) await attack(actor, transition, this.#dice);
    }
  }

  /** Somebody other than the committer handles the commit first and says what it does. */
  async #firstWitness(winner: Candidate, delivery: Delivery): Promise<StagedCommit | undefined> {
    for (const actor of this.#online()) {
      if (actor === winner.actor || actor.inbox[0] !== delivery) continue;
      actor.inbox.shift();
      return actor.handle(delivery);
    }
    return undefined;
  }

  #modelCommit(winner: Candidate, staged: StagedCommit | undefined): ModelCommit {
    const after = this.#newest.epoch.tree;
    const keyAt = (node: number) => {
      const slot = after.slot(node);
      const key = slot.kind === 'leaf' ? slot.leaf?.encryptionKey : slot.node?.encryptionKey;
      return key && keyName(key);
    };
    const added =
      staged?.effects.added.map(({ keyPackage }) => keyPackage) ??
      winner.invited.map(({ made }) => made.keyPackage);
    const { leafIndex, leafKey } = winner.before.epoch.own;
    const hasPath = staged?.effects.hasPath ?? keyAt(2 * leafIndex) !== keyName(leafKey.publicKey);
    return {
      epoch: this.epoch,
      committer: winner.actor.name,
      committerLeaf: winner.external ? undefined : winner.before.epoch.own.leafIndex,
      updated: (staged?.effects.updated ?? []).map(({ index, leaf }) => ({
        leaf: index,
        key: keyName(leaf.encryptionKey),
      })),
      removed: (staged?.effects.removed ?? []).map(({ index }) => index),
      added: added.map(({ leafNode }) => {
        const key = keyName(leafNode.encryptionKey);
        return { client: this.#invitations.get(key)?.actor.name ?? 'unknown', key };
      }),
      pathKeys: hasPath ? keyAt : undefined,
    };
  }

  #pskOf(id: StagedCommit['effects']['psks'][number]): Uint8Array {
    if (id.kind === 'external') return externalPsk(id.id);
    return this.#resumptions.get(id.epoch) ?? new Uint8Array(0);
  }

  async #letIn(winner: Candidate, commit: ModelCommit): Promise<void> {
    if (commit.added.length === 0) return;
    assert.ok(winner.welcome, 'a welcome for those added');
    const parts = splitWelcome(winner.welcome);
    for (const { key } of commit.added) {
      const invitation = this.#invitations.get(key);
      assert.ok(invitation);
      this.#count('addition');
      if (!invitation.online) continue;
      await this.#join(invitation, parts);
    }
  }

  async #join({ actor, made }: Invitation, parts: readonly Welcome[]): Promise<void> {
    const part = parts.find(({ secrets }) =>
      secrets.some(({ newMember }) => Buffer.compare(newMember, made.reference) === 0),
    );
    assert.ok(part, 'the welcome has a part for each joiner');
    const joined = await joinGroup(actor.env, {
      welcome: part,
      keyPackage: made.keyPackage,
      secrets: made.secrets,
      ratchetTree: ratchetTreeOf(this.#newest),
    });
    actor.become(joined.state);
    actor.joinedEpoch = actor.epoch;
    this.#actors.push(actor);
  }

  async #deliverAll(everybody: boolean): Promise<void> {
    for (const actor of this.#online()) {
      const lags = !everybody && actor.inbox.length <= maxLag && this.#dice.oneIn(6);
      if (!lags) await this.#drain(actor);
    }
    for (const actor of this.#actors) {
      if (!this.#knowledge.members.has(actor.name)) await this.#drain(actor);
    }
  }

  async #drain(actor: Actor): Promise<void> {
    while (actor.inbox.length > 0) {
      const delivery = actor.inbox.shift();
      if (delivery === undefined || !actor.isActive) break;
      if (this.#dice.oneIn(4)) await this.#readLetters(actor);
      await actor.handle(delivery);
      if (this.#dice.oneIn(6)) actor.restart();
    }
    await this.#readLetters(actor);
  }

  /** In any order; what is not yet readable waits, and what never will be is refused. */
  async #readLetters(actor: Actor): Promise<void> {
    const kept: Actor['letters'] = [];
    const read = new Set<string>();
    for (const letter of this.#dice.some(
      actor.letters,
      actor.letters.length,
      actor.letters.length,
    )) {
      const isLater = actor.isActive && letter.epoch > actor.epoch;
      const isLate = actor.isActive && letter.epoch + 1n >= actor.epoch && this.#dice.oneIn(4);
      if (isLater || isLate) kept.push(letter);
      else await this.#readLetter(actor, letter, read);
    }
    actor.letters = kept;
  }

  async #readLetter(
    actor: Actor,
    letter: Actor['letters'][number],
    read: Set<string>,
  ): Promise<void> {
    const isReplay = read.has(letter.text) || actor.readTexts.has(letter.text);
    const wasMember =
      letter.epoch >= actor.joinedEpoch &&
      (actor.removedEpoch === undefined || letter.epoch < actor.removedEpoch);
    const inWindow = letter.epoch + 3n >= actor.epoch;
    const decoded = decodeMessage(letter.message);
    const attempt = receive(actor.env, actor.state, decoded);
    if (isReplay || !wasMember || !inWindow) {
      await assert.rejects(attempt, `${actor.name} must not read "${letter.text}"`);
      this.#count(isReplay ? 'replay refused' : 'stranger refused');
      return;
    }
    const received = await attempt;
    assert.ok(received.kind === 'application');
    assert.equal(new TextDecoder().decode(received.data), letter.text);
    assert.equal(received.sender, letter.authorLeaf);
    assert.deepEqual(received.senderLeaf.credential, named(letter.author));
    actor.become(received.state);
    received.retired.erase();
    read.add(letter.text);
    actor.readTexts.add(letter.text);
    this.#count('message read');
  }

  async #checkAgreement(): Promise<void> {
    const truth = this.#newest.epoch;
    const current = this.#online().filter((actor) => actor.isActive && actor.epoch === this.epoch);
    for (const actor of current) {
      const { secrets, tree, context } = actor.state.epoch;
      assert.deepEqual(secrets.authenticator, truth.secrets.authenticator, actor.name);
      assert.deepEqual(context, truth.context);
      assert.equal(tree.memberCount, this.memberCount);
      this.#checkKeys(actor);
    }
    for (const actor of this.#actors) {
      if (!this.#knowledge.members.has(actor.name)) this.#checkNoKeys(actor);
    }
  }

  /** A member holds the keys above its leaf where it is merged, and no other key of the tree. */
  #checkKeys(actor: Actor): void {
    const leaf = this.#knowledge.leafOf(actor.name);
    assert.ok(leaf !== undefined);
    assert.equal(actor.state.epoch.own.leafIndex, leaf);
    const mine = this.#knowledge.tree.keysOf(leaf);
    const { own } = actor.state.epoch;
    const held = [own.leafKey, ...own.pathKeys.values()].map((pair) => keyName(pair.publicKey));
    assert.deepEqual(held.toSorted(), mine.toSorted(), `${actor.name} holds its keys`);
    for (const key of this.#knowledge.tree.allKeys()) {
      if (!mine.includes(key))
        assert.ok(!actor.loot.keys.has(key), `${actor.name} has a foreign key`);
    }
  }

  #checkNoKeys(actor: Actor): void {
    for (const key of this.#knowledge.tree.allKeys()) {
      assert.ok(!actor.loot.keys.has(key), `${actor.name} holds a key of a group it is not in`);
    }
  }
}

function outsiderExtension({ publicKey }: KeyPair): Extension {
  return externalSendersExtension([{ signatureKey: publicKey, credential: named('outsider') }]);
}

function fuzzEnvironment(
  seed: string,
  number: number,
  resumptions: ReadonlyMap<bigint, Uint8Array>,
): Environment {
  return withPsks(environment(`${seed}/${number}`), resumptions);
}

function linesOf(state: GroupState): string[] {
  return [...state.epoch.tree.slots()].map((slot) => {
    if (slot.kind === 'leaf') {
      return slot.leaf === undefined
        ? `${slot.index}`
        : `${slot.index} ${keyName(slot.leaf.encryptionKey)} []`;
    }
    const { node } = slot;
    if (node === undefined) return `${slot.index}`;
    return `${slot.index} ${keyName(node.encryptionKey)} [${node.unmergedLeaves.join()}]`;
  });
}
