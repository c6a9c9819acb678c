import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Dice } from './fuzz/dice.ts';
import { OurPeer, type Peer, TheirPeer } from './interop/mixed-group.ts';
import { clientIdentity, type SentCommit } from './interop/openmls-client.ts';

const maxMembers = 9;

/** One random history of a group in which both implementations create, commit and talk. */
class History {
  readonly #dice: Dice;
  readonly #suiteId: number;
  readonly #groupId: Uint8Array;
  #members: Peer[] = [];
  #groupInfo = new Uint8Array(0);
  #nextNumber = 1;
  readonly done: string[] = [];

  constructor(seed: string, suiteId: number) {
    this.#dice = new Dice(seed);
    this.#suiteId = suiteId;
    this.#groupId = new TextEncoder().encode(seed);
  }

  async begin(founder: 'ours' | 'openmls'): Promise<void> {
    const first = await this.#newPeer(founder);
    await first.createGroup();
    this.#members = [first];
    await this.#add(first);
  }

  async step(): Promise<void> {
    const committer = this.#dice.of(this.#members);
    if (this.#dice.oneIn(4)) await this.#loseRace(committer);
    await this.#talk();
    if (this.#members.length < 3) return this.#add(committer);
    switch (this.#dice.below(7)) {
      case 0:
      case 1:
        return this.#members.length < maxMembers ? this.#add(committer) : this.#remove(committer);
      case 2:
        return this.#remove(committer);
      case 3:
        return this.#members.length < maxMembers ? this.#joinExternally() : this.#remove(committer);
      case 4:
        return this.#commitProposals(committer);
      default:
        return this.#update(committer);
    }
  }

  async #newPeer(kind = this.#dice.of(['ours', 'openmls'] as const)): Promise<Peer> {
    const number = this.#nextNumber++;
    return kind === 'ours'
      ? new OurPeer(number, this.#groupId, this.#suiteId)
      : TheirPeer.create(number, this.#groupId, this.#suiteId);
  }

  async #add(committer: Peer): Promise<void> {
    const newcomers: Peer[] = [];
    for (let count = 1 + this.#dice.below(3); count > 0; count--) {
      newcomers.push(await this.#newPeer());
    }
    this.#note(committer, 'adds', newcomers);
    const keyPackages = await Promise.all(newcomers.map((peer) => peer.keyPackage()));
    const sent = await committer.add(keyPackages);
    await this.#deliver(committer, sent);
    assert.ok(sent.welcome, 'a welcome for those added');
    for (const peer of newcomers) await peer.join(sent.welcome);
    this.#members.push(...newcomers);
    await this.#agree();
  }

  async #remove(committer: Peer): Promise<void> {
    const others = this.#members.filter((peer) => peer !== committer);
    const removed = this.#dice.some(others, 1, Math.min(2, others.length - 1));
    this.#note(committer, 'removes', removed);
    const sent = await committer.remove(removed.map(({ number }) => number));
    await this.#deliver(committer, sent, removed);
    this.#members = this.#members.filter((peer) => !removed.includes(peer));
    await this.#agree();
  }

  async #update(committer: Peer): Promise<void> {
    this.#note(committer, 'updates', []);
    await this.#deliver(committer, await committer.update());
    await this.#agree();
  }

  async #joinExternally(): Promise<void> {
    const newcomer = await this.#newPeer();
    this.#note(newcomer, 'joins externally', []);
    const sent = await newcomer.joinExternally(this.#groupInfo);
    await this.#deliver(newcomer, sent);
    this.#members.push(newcomer);
    await this.#agree();
  }

  /** Proposals come from ours only: the peer's interface has none. */
  async #commitProposals(committer: Peer): Promise<void> {
    const ours = this.#members.filter((peer) => peer instanceof OurPeer);
    const proposer = ours.find((peer) => peer !== committer);
    const victim = this.#members.find((peer) => peer !== committer && peer !== proposer);
    if (proposer === undefined) return this.#update(committer);
    const proposals = [await proposer.proposeUpdate()];
    if (victim !== undefined && this.#dice.oneIn(2)) {
      proposals.push(await proposer.proposeRemoval(victim.number));
    }
    const removed = proposals.length > 1 && victim ? [victim] : [];
    this.#note(committer, `commits an update of ${proposer.number} and removals`, removed);
    for (const proposal of proposals) {
      for (const peer of this.#members) if (peer !== proposer) await peer.handle(proposal);
    }
    await this.#deliver(committer, await committer.commitProposals(), removed);
    this.#members = this.#members.filter((peer) => !removed.includes(peer));
    await this.#agree();
  }

  async #loseRace(winner: Peer): Promise<void> {
    const loser = this.#dice.of(this.#members);
    if (loser === winner) return;
    this.#note(loser, 'loses a race', []);
    await loser.loseRace();
  }

  async #talk(): Promise<void> {
    for (const speaker of this.#dice.some(this.#members, 1, 3)) {
      const data = new TextEncoder().encode(`${speaker.number} speaks, ${this.done.length}`);
      const message = await speaker.say(data);
      for (const peer of this.#members) {
        if (peer !== speaker) assert.deepEqual(await peer.hear(message), data);
      }
    }
  }

  async #deliver(sender: Peer, sent: SentCommit, removed: readonly Peer[] = []): Promise<void> {
    this.#groupInfo = Uint8Array.from(sent.groupInfo);
    for (const peer of this.#members) {
      if (peer === sender) continue;
      const stays = await peer.handle(sent.commit);
      assert.equal(stays, !removed.includes(peer), `${peer.number} is still a member`);
    }
  }

  /** Epoch, roster and an exported secret are the same for everyone. */
  async #agree(): Promise<void> {
    const [first, ...others] = this.#members;
    assert.ok(first);
    const roster = this.#members.map(({ number }) => clientIdentity(number)).sort();
    const [epoch, secret] = [await first.epoch(), await first.secret()];
    assert.deepEqual(await first.members(), roster);
    for (const peer of others) {
      assert.equal(await peer.epoch(), epoch);
      assert.deepEqual(await peer.members(), roster);
      assert.deepEqual(await peer.secret(), secret, `${peer.kind} ${peer.number} has the secret`);
    }
  }

  #note(who: Peer, what: string, whom: readonly Peer[]): void {
    const names = whom.map((peer) => `${peer.kind} ${peer.number}`).join(', ');
    this.done.push(`${who.kind} ${who.number} ${what} ${names}`);
  }
}

/** P-256 costs the peer tens of milliseconds a call. */
const defaultCommits: Record<number, number> = { 1: 40, 2: 10, 3: 20 };
const baseSeed = process.env['MLS_SEED'] ?? 'openmls';

for (const suiteId of [1, 2, 3]) {
  for (const founder of ['ours', 'openmls'] as const) {
    const commits = Number(process.env['MLS_DIFFERENTIAL_COMMITS'] ?? defaultCommits[suiteId]);
    const seed = `${baseSeed}/${suiteId}/${founder}`;
    test(`agrees with OpenMLS: suite ${suiteId}, founded by ${founder}`, async (t) => {
      t.diagnostic(`seed ${seed}, ${commits} commits`);
      const history = new History(seed, suiteId);
      try {
        await history.begin(founder);
        for (let commit = 0; commit < commits; commit++) await history.step();
      } catch (error) {
        t.diagnostic(history.done.slice(-12).join('\n'));
        throw error;
      }
    });
  }
}
