import assert from 'node:assert/strict';
import { EntryKind, limits } from '@heliogram/protocol';
import { SeededRandom } from '@heliogram/testing';
import type { AppendCommand, LogStore, StoredEntry } from '../port.ts';
import type { Check } from './under-test.ts';

const CONVERSATIONS = 40;
const ROUNDS = 260;

/**
 * Batches for many conversations at once between narrow ones, at random, with edits, redactions, takedowns
 * and erasures of what lies anywhere, held against a model that keeps everything in memory.
 */
export function wideBatches(check: Check): void {
  check('LOG-4: batches for many conversations keep every promise', async (under) => {
    const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
    const random = new SeededRandom(seed);
    const model = new Model(random);
    let { storage } = under;
    let dispose = async (): Promise<void> => undefined;
    for (let round = 0; round < ROUNDS; round += 1) {
      await step(storage.log, model, random);
      if (round % 20 === 0) await same(storage.log, model, `seed ${seed}, round ${round}`);
      if (round === ROUNDS / 2) ({ storage, dispose } = await under.reopen());
    }
    await same(storage.log, model, `seed ${seed}, end`);
    await dispose();
  });
}

async function step(log: LogStore, model: Model, random: SeededRandom): Promise<void> {
  const conversation = random.int(1, CONVERSATIONS);
  const seq = random.int(1, 30);
  const what = random.int(0, 19);
  if (what === 0) {
    await log.erase(conversation);
    model.erase(conversation);
  } else if (what < 3) {
    const reason = random.chance(0.5) ? null : 'because';
    const found = await log.setTakenDown(conversation, seq, reason);
    assert.equal(found, model.takeDown(conversation, seq, reason));
  } else {
    const wide = what < 15;
    const batch = Array.from({ length: wide ? 60 : random.int(1, 6) }, (_, index) =>
      model.command(wide ? 1 + (index % CONVERSATIONS) : conversation),
    );
    const outcomes = await log.append(batch);
    assert.deepEqual(
      outcomes.map(({ kind }) => kind),
      model.append(batch),
    );
  }
}

async function same(log: LogStore, model: Model, where: string): Promise<void> {
  const conversations = Array.from({ length: CONVERSATIONS }, (_, index) => 1 + index);
  const heads = await log.heads(conversations);
  for (const conversation of conversations) {
    const kept = model.entries(conversation);
    assert.deepEqual(
      heads.get(conversation),
      { ...heads.get(conversation), headSeq: kept.length, posts: model.posts(conversation) },
      where,
    );
    const range = { conversation, afterSeq: 0, beforeSeq: limits.maxSeq + 1, listed: false };
    const bounds = { limit: 10_000, maxBytes: Number.MAX_SAFE_INTEGER };
    const { entries } = await log.read({ ...range, ...bounds, from: 'start' });
    assert.deepEqual(entries.map(ofStored), kept, where);
    const last = await log.read({ ...range, ...bounds, limit: 7, from: 'end', listed: true });
    assert.deepEqual(last.entries.map(ofStored), kept.filter(isListed).slice(-7), where);
    const [count] = await log.countPosts([{ conversation, seq: 5 }], 9);
    const standing = kept.filter(
      ({ kind, seq, redacted }) => kind === EntryKind.POST && seq > 5 && !redacted,
    );
    assert.equal(count, Math.min(9, standing.length), where);
  }
}

const isListed = ({ kind }: Kept): boolean => kind === EntryKind.POST || kind === EntryKind.NOTE;

/** What both sides are compared by. */
type Kept = {
  readonly seq: number;
  readonly kind: EntryKind;
  readonly targetSeq: number;
  readonly payload: string | null;
  readonly redacted: boolean;
  readonly takenDownReason: string | null;
  readonly revision: string | null;
};

function ofStored(entry: StoredEntry): Kept {
  const { seq, kind, targetSeq, redacted, takenDownReason } = entry;
  const text = (bytes: Uint8Array | null | undefined) =>
    bytes ? new TextDecoder().decode(bytes) : null;
  const revision = text(entry.revision?.payload);
  const payload = text(entry.payload);
  return { seq, kind, targetSeq, payload, redacted, takenDownReason, revision };
}

class Model {
  readonly #random: SeededRandom;
  readonly #logs = new Map<number, Kept[]>();
  #ids: Uint8Array[] = [];
  readonly #appended = new Map<string, number>();
  #made = 0;

  constructor(random: SeededRandom) {
    this.#random = random;
  }

  entries(conversation: number): readonly Kept[] {
    return this.#log(conversation);
  }

  posts(conversation: number): number {
    const kept = this.#log(conversation);
    return kept.filter(({ kind, redacted }) => kind === EntryKind.POST && !redacted).length;
  }

  /** A command that may be new, a repetition, or aim at nothing. */
  command(conversation: number): AppendCommand {
    this.#made += 1;
    const kind = EntryKind[this.#random.weighted({ POST: 7, EDIT: 2, REDACTION: 1 })];
    const payload = kind === EntryKind.REDACTION ? null : `${conversation} says ${this.#made}`;
    return {
      conversation,
      kind,
      author: 1,
      sentAt: this.#made,
      appendId: this.#appendId(),
      payload: payload === null ? null : new TextEncoder().encode(payload),
      silent: false,
      signed: false,
      targetSeq: kind === EntryKind.POST ? 0 : this.#random.int(1, 30),
    };
  }

  #appendId(): Uint8Array {
    if (this.#ids.length > 0 && this.#random.chance(0.04)) return this.#random.pick(this.#ids);
    const id = new Uint8Array(16);
    new DataView(id.buffer).setUint32(12, this.#made);
    this.#ids.push(id);
    return id;
  }

  append(batch: readonly AppendCommand[]): readonly string[] {
    return batch.map((command) => this.#appendOne(command));
  }

  #appendOne(command: AppendCommand): string {
    const { conversation, kind, targetSeq } = command;
    const id = command.appendId.join();
    if (this.#appended.has(id)) return 'duplicate';
    const log = this.#log(conversation);
    const target = log[targetSeq - 1];
    const standing = target?.kind === EntryKind.POST && !target.redacted;
    if (kind !== EntryKind.POST && !standing) return 'bad-target';
    this.#appended.set(id, conversation);
    const text = command.payload && new TextDecoder().decode(command.payload);
    const seq = log.length + 1;
    const fresh = { redacted: false, takenDownReason: null, revision: null };
    log.push({ seq, kind, targetSeq, payload: text, ...fresh });
    if (kind === EntryKind.EDIT) this.#change(conversation, targetSeq, { revision: text });
    if (kind === EntryKind.REDACTION) this.#redact(conversation, targetSeq);
    return 'appended';
  }

  #redact(conversation: number, seq: number): void {
    this.#change(conversation, seq, { payload: null, revision: null, redacted: true });
    for (const edit of this.#editsOf(conversation, seq)) {
      this.#change(conversation, edit.seq, { payload: null, redacted: true });
    }
  }

  takeDown(conversation: number, seq: number, takenDownReason: string | null): boolean {
    const found = this.#log(conversation).length >= seq;
    this.#change(conversation, seq, { takenDownReason });
    for (const edit of this.#editsOf(conversation, seq)) {
      this.#change(conversation, edit.seq, { takenDownReason });
    }
    return found;
  }

  erase(conversation: number): void {
    this.#logs.delete(conversation);
    for (const [id, of] of this.#appended) if (of === conversation) this.#appended.delete(id);
  }

  #editsOf(conversation: number, seq: number): readonly Kept[] {
    return this.#log(conversation).filter(
      ({ kind, targetSeq }) => kind === EntryKind.EDIT && targetSeq === seq,
    );
  }

  #change(conversation: number, seq: number, change: Partial<Kept>): void {
    const log = this.#log(conversation);
    const known = log[seq - 1];
    if (known) log[seq - 1] = { ...known, ...change };
  }

  #log(conversation: number): Kept[] {
    const known = this.#logs.get(conversation);
    if (known) return known;
    const log: Kept[] = [];
    this.#logs.set(conversation, log);
    return log;
  }
}
