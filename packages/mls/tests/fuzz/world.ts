import assert from 'node:assert/strict';
import {
  createGroup,
  exportGroupInfo,
  type GroupState,
  joinGroup,
  ratchetTreeOf,
  type StagedCommit,
  splitWelcome,
  type Welcome,
} from '../../src/index.ts';
import { Actor, type Delivery, externalPsk, keyName } from './actor.ts';
import { checkAgreement, linesOf } from './agreement.ts';
import { attack } from './attack.ts';
import { type Candidate, race } from './committing.ts';
import type { ModelCommit } from './knowledge.ts';
import { readLetters, talk } from './letters.ts';
import { Archive, Follower } from './onlookers.ts';
import { proposeSomething } from './proposing.ts';
import { reinitialize } from './reinitializing.ts';
import {
  fuzzEnvironment,
  groupIdOf,
  type Invitation,
  outsiderExtension,
  Scene,
  type WorldOptions,
} from './scene.ts';

/** Deliveries that a member may leave unread after a step. */
const maxLag = 2;

/** One group, its delivery service and all its devices, with every choice from a seed. */
export class World {
  readonly scene: Scene;
  readonly #archive = new Archive();
  readonly #follower: Follower | undefined;

  private constructor(scene: Scene) {
    this.scene = scene;
    this.#follower = scene.options.allPublic ? new Follower() : undefined;
  }

  static async begin(options: WorldOptions): Promise<World> {
    const resumptions = new Map<bigint, Uint8Array>();
    const env = fuzzEnvironment(`${options.seed}/0`, resumptions);
    const actor = new Actor('device 0', env, options.suiteId);
    const crypto = env.provider.suite(options.suiteId);
    const outsider = await crypto.generateSignatureKeyPair(env.random);
    const groupExtensions = [outsiderExtension(outsider)];
    const request = { ...(await actor.identity()), groupId: groupIdOf(options), groupExtensions };
    actor.become(await createGroup(env, request));
    return new World(new Scene(options, { actor, outsider, resumptions }));
  }

  /** One epoch: talk, proposals, commits that race, delivery, and every oracle. */
  async step(): Promise<void> {
    const { scene } = this;
    this.#archive.file(await talk(scene));
    const proposals = scene.memberCount > 1 ? scene.dice.below(3) : 0;
    for (let count = proposals; count > 0; count--) await this.#propose();
    await this.#deliverAll(true);
    await this.#order(await race(scene));
    await this.#deliverAll(false);
    checkAgreement(scene);
  }

  /** At the end nobody lags, the sealed history is read, and the group goes over into another. */
  async finish(): Promise<void> {
    this.#archive.file(await talk(this.scene));
    await this.#deliverAll(true);
    checkAgreement(this.scene);
    await this.#archive.read(this.scene);
    await reinitialize(this.scene);
  }

  async #propose(): Promise<void> {
    await proposeSomething(this.scene);
    for (const { message } of this.scene.sent.splice(0)) {
      await this.#follower?.see(this.scene, message);
    }
  }

  /** The delivery service takes one commit; the others have lost. */
  async #order(winner: Candidate): Promise<void> {
    const { scene } = this;
    await this.#follower?.see(scene, winner.message);
    const before = scene.newest;
    const wereIn = scene.online;
    const staged = await this.#hand(winner);
    scene.enter(winner.actor.state);
    this.#archive.seal(winner.actor);
    if (staged !== undefined) assertPathWhereRequired(before, staged);
    const commit = this.#modelCommit(winner, staged);
    scene.knowledge.commit(commit);
    const lines = scene.knowledge.tree.lines();
    assert.deepEqual(lines, linesOf(scene.newest), 'the model has the same tree');
    this.#countCommit(winner, commit);
    await this.#letIn(winner, commit);
    await this.#letAttack(winner, { before, wereIn, staged });
    const options = { allowExternalCommits: true };
    const info = await exportGroupInfo(winner.actor.env, winner.actor.state, options);
    scene.groupInfo = Uint8Array.from(info);
    await this.#follower?.check(scene);
  }

  /** Hands the commit out; one member handles it at once and says what it does. */
  async #hand(winner: Candidate): Promise<StagedCommit | undefined> {
    const { scene } = this;
    const delivery: Delivery = { kind: 'commit', message: winner.message };
    const others = scene.online.filter((actor) => actor.name !== winner.actor.name);
    for (const actor of others) actor.inbox.push(delivery);
    const witness = others.find((actor) => actor.inbox[0] === delivery);
    witness?.inbox.shift();
    const staged = await witness?.handle(delivery);
    if (winner.isExternal) {
      winner.actor.joinedEpoch = winner.actor.epoch;
      scene.actors = scene.actors.filter((actor) => actor.name !== winner.actor.name);
      scene.actors.push(winner.actor);
    } else {
      await winner.actor.handle(delivery);
    }
    return staged;
  }

  #countCommit(winner: Candidate, commit: ModelCommit): void {
    const { scene } = this;
    scene.count(winner.isExternal ? 'external commit' : 'commit');
    if (commit.removed.length > 0) scene.count('removing commit');
    if (commit.pathKeys === undefined) scene.count('commit without path');
  }

  #modelCommit(winner: Candidate, staged: StagedCommit | undefined): ModelCommit {
    const { scene } = this;
    const { tree } = scene.newest.epoch;
    const keyAt = (node: number) => {
      const slot = tree.slot(node);
      const key = slot.kind === 'leaf' ? slot.leaf?.encryptionKey : slot.node?.encryptionKey;
      return key && keyName(key);
    };
    const { leafIndex, leafKey } = winner.before.epoch.own;
    // Nobody sees the commit of one who is alone: then its additions are all by value.
    const added =
      staged?.effects.added.map(({ keyPackage }) => keyPackage) ??
      winner.invited.map(({ made }) => made.keyPackage);
    const hasPath = staged?.effects.hasPath ?? keyAt(2 * leafIndex) !== keyName(leafKey.publicKey);
    return {
      epoch: scene.epoch,
      committer: winner.actor.name,
      committerLeaf: winner.isExternal ? undefined : leafIndex,
      updated: (staged?.effects.updated ?? []).map(({ index, leaf }) => ({
        leaf: index,
        key: keyName(leaf.encryptionKey),
      })),
      removed: (staged?.effects.removed ?? []).map(({ index }) => index),
      added: added.map(({ leafNode }) => {
        const key = keyName(leafNode.encryptionKey);
        return { client: scene.invitations.get(key)?.actor.name ?? 'unknown', key };
      }),
      pathKeys: hasPath ? keyAt : undefined,
    };
  }

  async #letIn(winner: Candidate, commit: ModelCommit): Promise<void> {
    if (commit.added.length === 0) return;
    assert.ok(winner.welcome, 'a welcome for those added');
    const parts = splitWelcome(winner.welcome);
    for (const { key } of commit.added) {
      const invitation = this.scene.invitations.get(key);
      assert.ok(invitation);
      this.scene.count('addition');
      if (invitation.online) await this.#join(invitation, parts);
    }
  }

  async #join({ actor, made }: Invitation, parts: readonly Welcome[]): Promise<void> {
    const welcome = parts.find(({ secrets }) =>
      secrets.some(({ newMember }) => Buffer.compare(newMember, made.reference) === 0),
    );
    assert.ok(welcome, 'the welcome has a part for each joiner');
    const { keyPackage, secrets } = made;
    const ratchetTree = ratchetTreeOf(this.scene.newest);
    const request = { welcome, keyPackage, secrets, ratchetTree, claim: () => true };
    actor.become((await joinGroup(actor.env, request)).state);
    actor.joinedEpoch = actor.epoch;
    this.scene.actors.push(actor);
  }

  /** Who has just been removed attacks; who was removed earlier sometimes does. */
  async #letAttack(winner: Candidate, { before, wereIn, staged }: Ordered): Promise<void> {
    const { scene } = this;
    const psks = (staged?.effects.psks ?? []).map((id) => {
      const psk = id.kind === 'external' ? externalPsk(id.id) : scene.resumptionPsk(id.epoch);
      return { id, psk };
    });
    const transition = { message: winner.message, before, after: scene.newest, psks };
    for (const actor of scene.outsiders) {
      if (!wereIn.includes(actor) && !scene.dice.oneIn(8)) continue;
      await attack(actor, transition, scene.dice);
      scene.count('attack');
    }
  }

  async #deliverAll(everybody: boolean): Promise<void> {
    const { scene } = this;
    for (const actor of scene.actors) {
      const isMember = scene.knowledge.members.has(actor.name);
      const lags = isMember && !everybody && actor.inbox.length <= maxLag && scene.dice.oneIn(6);
      if (!lags) await this.#drain(actor);
    }
  }

  async #drain(actor: Actor): Promise<void> {
    const { dice } = this.scene;
    for (const delivery of actor.inbox.splice(0)) {
      if (!actor.isActive) break;
      if (dice.oneIn(4)) await readLetters(this.scene, actor);
      await actor.handle(delivery);
      if (dice.oneIn(6)) actor.restart();
    }
    await readLetters(this.scene, actor);
  }
}

/** RFC 9420 section 12.4, read off what the commit did: only additions, PSKs and reinits go without. */
function assertPathWhereRequired(before: GroupState, { effects }: StagedCommit): void {
  const { updated, removed, custom, added, psks, reinit, hasPath } = effects;
  const former = JSON.stringify(before.epoch.context.extensions.map(({ data }) => [...data]));
  const next = JSON.stringify(effects.extensions.map(({ data }) => [...data]));
  const isEmpty = added.length + psks.length === 0 && reinit === undefined;
  const changes = updated.length + removed.length + custom.length > 0 || former !== next;
  assert.ok(hasPath || !(changes || isEmpty || effects.isExternal), 'a path where one is required');
}

interface Ordered {
  readonly before: GroupState;
  readonly wereIn: readonly Actor[];
  readonly staged: StagedCommit | undefined;
}
