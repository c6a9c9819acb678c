/** Tells whoever listens that something changed; they fetch what they need of it. */
export class Changes<Topic = void> {
  readonly #listeners = new Set<(topic: Topic) => void>();

  on(listener: (topic: Topic) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  tell(topic: Topic): void {
    for (const listener of [...this.#listeners]) listener(topic);
  }
}
