import { type KeptList, keptHere } from './kept.ts';

/**
 * What an account's page has let go of, until the worker has it durably: the worker ends with its page, and what
 * was said to it a moment before with it, while this is written at once. Never more than what is under way.
 */
export class KeptForAccount<Value extends object> {
  readonly #space: string;
  readonly #id: keyof Value & string;
  readonly #kept: KeptList;

  /** `space`: what its keys begin with; `id`: the field of a value that tells it from others. */
  constructor(space: string, id: keyof Value & string, kept: KeptList = keptHere) {
    this.#space = space;
    this.#id = id;
    this.#kept = kept;
  }

  keep(accountId: string, value: Value): void {
    this.#kept.set(this.#space + value[this.#id], JSON.stringify({ accountId, ...value }));
  }

  forget(id: string): void {
    this.#kept.set(this.#space + id, undefined);
  }

  forgetAll(): void {
    for (const key of this.#kept.keys(this.#space)) this.#kept.set(key, undefined);
  }

  /** Of this account; what another one left goes. */
  all(accountId: string): readonly Value[] {
    return this.#kept.keys(this.#space).flatMap((key) => {
      const { accountId: by, ...value } = parse(this.#kept.get(key));
      if (by === accountId && this.#id in value) return [value as unknown as Value];
      this.#kept.set(key, undefined);
      return [];
    });
  }
}

/** Written by this program; what does not look like it was written by none. */
function parse(text: string | undefined): { readonly accountId?: unknown } {
  try {
    const found: unknown = JSON.parse(text ?? '');
    return typeof found === 'object' && found !== null ? found : {};
  } catch {
    return {};
  }
}
