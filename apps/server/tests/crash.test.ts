import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection, textOfPayload } from '@heliogram/client';
import { nodePlatform } from '@heliogram/client/node';
import { type Entry, EntryKind, LogService, limits } from '@heliogram/protocol';
import { SeededRandom } from '@heliogram/testing';
import { fixedNumber } from './environment.ts';
import { newChannel, newPerson, type Person } from './processes/person.ts';
import { ServerProcesses } from './processes/server-process.ts';

const seed = fixedNumber('SEED') ?? Math.floor(Math.random() * 2 ** 31);
const kills = fixedNumber('KILLS') ?? 50;
const publishers = 4;
const subscribersPerChannel = 2;

test(`SIM-4: ${kills} deaths by kill -9 under load lose and repeat nothing (seed ${seed})`, async (t) => {
  const random = new SeededRandom(seed, 'crash');
  const directory = mkdtempSync(join(tmpdir(), 'heliogram-crash-'));
  const server = new ServerProcesses(directory);
  t.after(async () => {
    await server.close();
    rmSync(directory, { recursive: true, force: true });
  });
  await server.start();
  const people: Person[] = [];
  for (let i = 0; i < publishers; i++) people.push(await newPerson(server.origin, `person ${i}`));
  t.after(() => Promise.all(people.map(({ client }) => client.close())));
  const feeds: Feed[] = [];
  for (const [i, person] of people.entries()) {
    const conversationId = await newChannel(person, `crash_${i}`);
    feeds.push(new Feed(person, conversationId, new SeededRandom(seed, `feed ${i}`)));
  }
  for (const feed of feeds) feed.followBy(people);
  const publishing = feeds.map((feed) => feed.publish());

  for (let death = 0; death < kills; death++) {
    server.prepareNext();
    await sleep(random.int(20, 700));
    await server.kill();
    await server.start();
    const auditor = anonymous(server.origin);
    for (const feed of feeds) await feed.check(auditor);
    auditor.close();
  }

  for (const feed of feeds) feed.stop();
  await Promise.all(publishing);
  const auditor = anonymous(server.origin);
  let entries = 0;
  for (const feed of feeds) {
    const head = await feed.check(auditor, true);
    entries += head;
    await feed.caughtUp(head);
  }
  auditor.close();
  t.diagnostic(`SEED=${seed} KILLS=${kills}: ${entries} entries`);
  assert.ok(entries > kills, 'hardly anything was written');
});

/** One publisher's channel: what was acknowledged, and what its followers got. */
class Feed {
  readonly conversationId: string;
  readonly #person: Person;
  readonly #random: SeededRandom;
  /** By text. */
  readonly #acknowledged = new Map<string, number>();
  readonly #received: number[] = [];
  /** As they stood in the log when it was last read. */
  #texts: string[] = [];
  #sent = 0;
  #stopped = false;

  constructor(person: Person, conversationId: string, random: SeededRandom) {
    this.#person = person;
    this.conversationId = conversationId;
    this.#random = random;
  }

  followBy(people: readonly Person[]): void {
    for (let i = 0; i < subscribersPerChannel; i++) {
      const reader = this.#random.pick(people);
      this.#received.push(0);
      this.#read(reader, i).catch((error: unknown) => {
        if (!this.#stopped) throw error;
      });
    }
  }

  async #read({ client }: Person, reader: number): Promise<void> {
    for await (const event of client.follower.follow(this.conversationId, { afterSeq: 0 })) {
      if (event.type !== 'entry') continue;
      const before = this.#received[reader] ?? 0;
      assert.equal(event.entry.seq, before + 1, 'a follower gets every entry once and in order');
      this.#received[reader] = event.entry.seq;
    }
  }

  async publish(): Promise<void> {
    while (!this.#stopped) {
      const count = this.#random.int(1, 20);
      const drafts = Array.from({ length: count }, () => ({ text: `post ${++this.#sent}` }));
      const { conversationId } = this;
      const outgoing = await this.#person.client.posts.send({ conversationId }, drafts);
      await Promise.all(
        outgoing.map(async ({ posted }, i) => {
          const { seq } = await posted;
          this.#acknowledged.set(drafts[i]?.text ?? '', seq);
        }),
      );
      await sleep(this.#random.int(5, 60));
    }
  }

  stop(): void {
    this.#stopped = true;
  }

  /**
   * The log has what was acknowledged where it was said to be, each text once, in the order sent.
   * Answers where it ends. What was held before is not read again, unless `whole`.
   */
  async check(auditor: Connection, whole = false): Promise<number> {
    // What is acknowledged while the log is read may lie beyond what was read.
    const acknowledged = [...this.#acknowledged];
    if (whole) this.#texts = [];
    const from = this.#texts.length;
    const entries = await readFrom(auditor, this.conversationId, from);
    this.#texts.push(...entries.map(({ payload }) => textOfPayload(payload)));
    for (const [i, text] of this.#texts.slice(from).entries()) {
      assert.equal(text, `post ${from + i + 1}`, 'each post is there once, in order');
    }
    for (const [text, seq] of acknowledged) {
      assert.equal(this.#texts[seq - 1], text, `${text} was acknowledged as ${seq}`);
    }
    return this.#texts.length;
  }

  async caughtUp(head: number): Promise<void> {
    for (let waits = 0; this.#received.some((seq) => seq < head); waits++) {
      assert.ok(waits < 600, `followers have ${this.#received.join(', ')} of ${head}`);
      await sleep(50);
    }
    assert.equal(this.#acknowledged.size, this.#sent, 'everything sent was acknowledged');
  }
}

function anonymous(origin: string): Connection {
  return new Connection({ origin, platform: nodePlatform, clientName: 'auditor' });
}

async function readFrom(
  connection: Connection,
  conversationId: string,
  known: number,
): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  for (;;) {
    const afterSeq = known + entries.length;
    const request = { conversationId, afterSeq, fromStart: true, limit: limits.maxReadLimit };
    const page = await connection.call(LogService.method.read, request);
    for (const entry of page.entries) {
      entries.push(entry);
      assert.equal(entry.seq, known + entries.length, 'no seq is missing');
      assert.equal(entry.kind, EntryKind.POST);
    }
    if (!page.more) return entries;
  }
}
