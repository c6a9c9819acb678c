/** So many are seen at once; older ones leave when more come. */
const maxToasts = 3;
const readableMs = 6_000;

interface ToastContent {
  readonly text: string;
  /** What takes it back, "Undo". It stays for as long as the toast does, also on a keyboard. */
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
  /** How long it stays unless pointer or focus rests on it; 0 until it is closed. */
  readonly timeoutMs?: number | undefined;
}

export interface Toast extends ToastContent {
  readonly id: number;
  readonly timeoutMs: number;
}

/** The toasts of an app: shown by anything, drawn by `Toasts`. */
export class ToastQueue {
  #toasts: readonly Toast[] = [];
  #nextId = 1;
  readonly #listeners = new Set<() => void>();

  /** @returns the id to `dismiss` it with. */
  show(content: ToastContent): number {
    const id = this.#nextId++;
    const timeoutMs = content.timeoutMs ?? readableMs;
    this.#set([...this.#toasts, { ...content, id, timeoutMs }].slice(-maxToasts));
    return id;
  }

  dismiss(id: number): void {
    this.#set(this.#toasts.filter((toast) => toast.id !== id));
  }

  readonly toasts = (): readonly Toast[] => this.#toasts;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #set(toasts: readonly Toast[]): void {
    this.#toasts = toasts;
    for (const listener of this.#listeners) listener();
  }
}
