const maxChars = 200_000;

/** The last part of what a process printed, bounded. */
export class OutputTail {
  #text = '';

  add(text: string): void {
    this.#text = (this.#text + text).slice(-maxChars);
  }

  get text(): string {
    return this.#text.trimEnd();
  }
}
