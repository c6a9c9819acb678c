import { type Follow, type Follower, textOfPayload } from '@heliogram/client';
import { type Entry, EntryKind, HeliogramError } from '@heliogram/protocol';
import type { ChannelModel } from '../model/channel-model.ts';
import type { Surroundings } from './surroundings.ts';

/** One reader of one log: what came to him must be every entry, once and in order. */
export class ReaderStream {
  readonly channel: ChannelModel;
  readonly #world: Surroundings;
  /** Undefined: nobody signed in. */
  readonly #reader: string | undefined;
  #follow: Follow | undefined;
  /** All entries up to here have come. */
  lastSeq = 0;
  /** Texts of posts as they first came, by seq; empty where there was none to see. */
  readonly texts = new Map<number, string>();
  /** The reader wants it, so it must be complete when all is quiet. */
  wanted = true;

  constructor(world: Surroundings, channel: ChannelModel, reader: string | undefined) {
    this.#world = world;
    this.channel = channel;
    this.#reader = reader;
  }

  get isOpen(): boolean {
    return this.#follow !== undefined;
  }

  /** Goes on from where it stood. `isAlive`: the process that reads still runs. */
  open(follower: Follower, isAlive: () => boolean): void {
    if (this.#follow) return;
    const follow = follower.follow(this.channel.conversationId, {
      afterSeq: this.lastSeq,
      counters: true,
    });
    this.#follow = follow;
    void this.#consume(follow, isAlive);
  }

  /** The process that read is gone. */
  died(): void {
    this.#follow = undefined;
  }

  async #consume(follow: Follow, isAlive: () => boolean): Promise<void> {
    try {
      for await (const event of follow) {
        if (!isAlive() || this.#follow !== follow) return;
        if (event.type === 'rewound') this.#rewound(event.toSeq);
        if (event.type === 'entry') this.#came(event.entry);
        if (event.type === 'entryChanged') this.#came(event.by);
      }
    } catch (error) {
      this.#world.say(
        `${this.#name} reads ${this.channel.conversationId} no more: ${String(error)}`,
      );
      if (!(error instanceof HeliogramError) || error.code === 'internal') {
        this.#world.violations.add(`${this.#name} stopped reading: ${String(error)}`);
      }
    }
    if (this.#follow === follow) this.#follow = undefined;
  }

  /** The server has lost what it answered for: the audit says what. */
  #rewound(toSeq: number): void {
    this.#world.say(`${this.#name}: ${this.channel.conversationId} went back to ${toSeq}`);
    this.lastSeq = toSeq;
    for (const seq of [...this.texts.keys()]) if (seq > toSeq) this.texts.delete(seq);
  }

  #came(entry: Entry): void {
    const { violations, queue } = this.#world;
    const where = `${this.#name} in ${this.channel.conversationId}`;
    if (entry.seq !== this.lastSeq + 1) {
      violations.add(`${where} got ${entry.seq} after ${this.lastSeq}`);
    }
    this.lastSeq = Math.max(this.lastSeq, entry.seq);
    const text = textOfPayload(entry.payload);
    this.texts.set(entry.seq, text);
    // It may have been on its way when reading ended.
    const sentAtMs = this.#asked(entry, text)?.askedAtMs ?? queue.nowMs;
    if (!this.channel.readableWithin(this.#reader, sentAtMs, queue.nowMs)) {
      violations.add(`${where} got ${entry.seq} without ever being allowed to read it`);
    }
  }

  /** What made it as it came; undefined: nothing that is known. */
  #asked(entry: Entry, text: string): { readonly askedAtMs: number } | undefined {
    const { redactions } = this.channel;
    if (entry.kind === EntryKind.REDACTION) return redactions.get(entry.targetSeq);
    return entry.redacted ? redactions.get(entry.seq) : this.#world.intents.get(text);
  }

  get #name(): string {
    return this.#reader ?? 'a passer-by';
  }
}
