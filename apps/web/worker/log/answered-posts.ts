import type { Caller } from '@heliogram/client';
import type { Entry } from '@heliogram/protocol';
import { readListed } from './listed.ts';

/** Answered posts kept beside a window; the oldest go first. */
const maxKept = 500;

/** The posts that those in a window answer, wherever they stand. */
export class AnsweredPosts {
  readonly #call: Caller;
  readonly #conversationId: string;
  readonly #learnt: (seqs: ReadonlySet<number>) => void;
  readonly #known = new Map<number, Entry>();
  readonly #asked = new Set<number>();

  /** `learnt` is told of answered posts that are known now. */
  constructor(call: Caller, conversationId: string, learnt: (seqs: ReadonlySet<number>) => void) {
    this.#call = call;
    this.#conversationId = conversationId;
    this.#learnt = learnt;
  }

  of(seq: number, window: readonly Entry[]): Entry | undefined {
    return window.find((entry) => entry.seq === seq) ?? this.#known.get(seq);
  }

  /** Asks for those that neither the window nor this has. */
  async learn(posts: readonly Entry[], window: readonly Entry[]): Promise<void> {
    const seqs = new Set(posts.map(({ targetSeq }) => targetSeq));
    const unknown = [...seqs].filter(
      (seq) => seq > 0 && !this.#asked.has(seq) && !this.of(seq, window),
    );
    for (const seq of unknown) this.#asked.add(seq);
    const entries = await Promise.all(
      unknown.map((seq) => readListed(this.#call, this.#conversationId, seq)),
    );
    const found = entries.flatMap((entry) => entry ?? []);
    for (const entry of found) this.#keep(entry);
    if (found.length > 0) this.#learnt(new Set(found.map(({ seq }) => seq)));
  }

  #keep(entry: Entry): void {
    this.#known.set(entry.seq, entry);
    const [oldest] = this.#known.keys();
    if (this.#known.size > maxKept && oldest !== undefined) this.#known.delete(oldest);
  }
}
