import assert from 'node:assert/strict';
import {
  decodeMessage,
  decodeRosterPart,
  openEpoch,
  type Roster,
  type SealedEpoch,
  sealEpoch,
} from '../../src/index.ts';
import {
  applyPublicCommit,
  followGroup,
  type PublicGroup,
  receivePublicProposal,
  restorePublicGroup,
  serializePublicGroup,
  verifyPublicCommit,
} from '../../src/public/index.ts';
import { named } from '../members.ts';
import type { Actor, Letter } from './actor.ts';
import type { Scene } from './scene.ts';

/** A delivery service that follows the group by its public messages alone. */
export class Follower {
  #group: PublicGroup | undefined;

  /** Begins with the first GroupInfo; from then on every proposal and commit must be shown. */
  async see(scene: Scene, message: Uint8Array): Promise<void> {
    if (this.#group === undefined) return;
    const { env } = firstOf(scene);
    const decoded = decodeMessage(message);
    assert.ok(decoded.kind === 'public');
    if (decoded.message.authenticated.content.body.kind === 'proposal') {
      this.#group = (await receivePublicProposal(env, this.#group, decoded)).group;
      return;
    }
    const verified = await verifyPublicCommit(env, this.#group, decoded);
    this.#group = applyPublicCommit(this.#group, verified);
    if (scene.dice.oneIn(5)) {
      this.#group = restorePublicGroup(env, serializePublicGroup(this.#group));
    }
  }

  /** What it knows is what the members know. */
  async check(scene: Scene): Promise<void> {
    if (this.#group === undefined) {
      const decoded = decodeMessage(scene.groupInfo);
      assert.ok(decoded.kind === 'group_info');
      this.#group = await followGroup(firstOf(scene).env, decoded.groupInfo);
    }
    const { context, interimTranscriptHash } = scene.newest.epoch;
    assert.deepEqual(this.#group.context, context);
    assert.deepEqual(this.#group.interimTranscriptHash, interimTranscriptHash);
    scene.count('epoch followed without secrets');
  }
}

function firstOf(scene: Scene): Actor {
  const [first] = scene.actors;
  assert.ok(first);
  return first;
}

/** Seals every epoch and reads all of its messages at the end. */
export class Archive {
  readonly #seals: { readonly epoch: bigint; readonly sealed: SealedEpoch }[] = [];
  readonly #letters: Letter[] = [];
  #last: Roster | undefined;

  /** At the start of an epoch, by one who just entered it. */
  seal(actor: Actor): void {
    const sealed = sealEpoch(actor.env, actor.state, this.#last);
    this.#last = sealed.roster;
    this.#seals.push({ epoch: actor.epoch, sealed });
  }

  file(letters: readonly Letter[]): void {
    this.#letters.push(...letters);
  }

  async read(scene: Scene): Promise<void> {
    const { env, cipherSuite } = firstOf(scene);
    const crypto = env.provider.suite(cipherSuite);
    let roster: Roster | undefined;
    for (const { epoch, sealed } of this.#seals) {
      roster = decodeRosterPart(crypto, sealed.rosterPart, roster);
      const reader = openEpoch(env, sealed.secretPart, roster);
      for (const letter of this.#letters.filter((one) => one.epoch === epoch)) {
        const read = await reader.read(decodeMessage(letter.message));
        assert.equal(new TextDecoder().decode(read.data), letter.text);
        assert.deepEqual(read.credential, named(letter.author));
        scene.count('message read from a sealed epoch');
      }
    }
  }
}
