type Span = { readonly fromMs: number; toMs: number };

/**
 * When something may have been so. It begins when it was asked for and ends when its end was
 * acknowledged: in between only the server knows.
 */
export class Maybe {
  readonly #spans: Span[] = [];

  constructor(fromMs?: number) {
    if (fromMs !== undefined) this.begin(fromMs);
  }

  begin(atMs: number): void {
    if (this.#spans.at(-1)?.toMs !== Number.POSITIVE_INFINITY) {
      this.#spans.push({ fromMs: atMs, toMs: Number.POSITIVE_INFINITY });
    }
  }

  end(atMs: number): void {
    const last = this.#spans.at(-1);
    if (last) last.toMs = Math.min(last.toMs, atMs);
  }

  /** Whether it may have been so at any time between the two, both included. */
  within(fromMs: number, toMs: number): boolean {
    return this.#spans.some((span) => span.fromMs <= toMs && span.toMs >= fromMs);
  }
}
