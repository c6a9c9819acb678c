import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { textOfPayload } from '@heliogram/client';
import { newChannel, newPerson, type Person } from '../processes/person.ts';

const everyMs = 40;
/** Longest time that a post may take while others attack, on a busy machine. */
const patienceMs = 10_000;

/** Two ordinary people who talk while somebody else attacks: neither may notice. */
export class Canary {
  readonly writer: Person;
  readonly #reader: Person;
  readonly #conversationId: string;
  readonly #received: string[] = [];
  #sent = 0;
  #slowestMs = 0;
  #stopped = false;
  #singing: Promise<void> = Promise.resolve();
  #lost = 0;

  private constructor(writer: Person, reader: Person, conversationId: string) {
    this.writer = writer;
    this.#reader = reader;
    this.#conversationId = conversationId;
  }

  static async start(origin: string, name: string): Promise<Canary> {
    const writer = await newPerson(origin, 'canary');
    const reader = await newPerson(origin, 'listener');
    const canary = new Canary(writer, reader, await newChannel(writer, name));
    for (const { client } of [writer, reader]) {
      client.connection.events.on('lost', () => {
        if (!canary.#stopped) canary.#lost += 1;
      });
    }
    canary.#listen().catch(() => undefined);
    canary.#singing = canary.#sing();
    // A failure shows when the singing is judged.
    canary.#singing.catch(() => undefined);
    return canary;
  }

  get conversationId(): string {
    return this.#conversationId;
  }

  /** Everything said was heard, once, in order, in time, over connections that never broke. */
  async judge(): Promise<void> {
    this.#stopped = true;
    await this.#singing;
    for (let waited = 0; this.#received.length < this.#sent && waited < patienceMs; waited += 20) {
      await sleep(20);
    }
    await Promise.all([this.writer.client.close(), this.#reader.client.close()]);
    const all = Array.from({ length: this.#sent }, (_, i) => `song ${i + 1}`);
    assert.deepEqual(this.#received, all, 'the listener heard everything once and in order');
    assert.equal(this.#lost, 0, 'no connection of others broke');
    assert.ok(this.#sent > 0, 'nothing was sung');
    assert.ok(this.#slowestMs < patienceMs, `a post took ${Math.round(this.#slowestMs)} ms`);
  }

  async #sing(): Promise<void> {
    const { posts } = this.writer.client;
    while (!this.#stopped) {
      const from = performance.now();
      this.#sent += 1;
      const target = { conversationId: this.#conversationId };
      const [outgoing] = await posts.send(target, [{ text: `song ${this.#sent}` }]);
      await outgoing?.posted;
      this.#slowestMs = Math.max(this.#slowestMs, performance.now() - from);
      await sleep(everyMs);
    }
  }

  async #listen(): Promise<void> {
    const { follower } = this.#reader.client;
    for await (const event of follower.follow(this.#conversationId, { afterSeq: 0 })) {
      if (event.type === 'entry') this.#received.push(textOfPayload(event.entry.payload));
    }
  }
}
