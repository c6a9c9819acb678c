import { type ArchiveKey, type OwnStatePlace, openOwnState } from '@heliogram/crypto';
import { type HeliogramError, ValidationError } from '@heliogram/protocol';
import { asHeliogramError } from '../errors.ts';

export type Opening =
  | { readonly kind: 'opened'; readonly plaintext: Uint8Array }
  /** No device of the account sealed this. */
  | { readonly kind: 'broken'; readonly error: HeliogramError }
  /** A later version of this program, or one that knows a later key, may read it. */
  | { readonly kind: 'unreadable'; readonly error: HeliogramError };

/** The archive keys of the account, asked for when they are needed and again when they may have changed. */
export class Keyring {
  readonly #fetch: () => Promise<readonly ArchiveKey[]>;
  #keys: readonly ArchiveKey[] | undefined;
  #stale = true;

  constructor(fetch: () => Promise<readonly ArchiveKey[]>) {
    this.#fetch = fetch;
  }

  /** There may be a newer key: what is sealed from now on is sealed under that. */
  outdate(): void {
    this.#stale = true;
  }

  async current(): Promise<readonly ArchiveKey[]> {
    if (this.#keys && !this.#stale) return this.#keys;
    this.#stale = false;
    try {
      this.#keys = await this.#fetch();
      return this.#keys;
    } catch (error) {
      this.#stale = true;
      throw error;
    }
  }

  /** Throws what fetching keys threw. */
  async open(entry: Uint8Array, place: OwnStatePlace): Promise<Opening> {
    const known = this.#keys ?? (await this.current());
    const opening = openWith(known, entry, place);
    if (opening !== 'unknown-key') return opening;
    this.outdate();
    const again = openWith(await this.current(), entry, place);
    if (again !== 'unknown-key') return again;
    const error = new ValidationError('unsupported', 'sealed under a key that is not in the vault');
    return { kind: 'unreadable', error };
  }
}

function openWith(
  archiveKeys: readonly ArchiveKey[],
  entry: Uint8Array,
  place: OwnStatePlace,
): Opening | 'unknown-key' {
  try {
    return { kind: 'opened', plaintext: openOwnState(entry, place, { archiveKeys }) };
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? thrown.code : '';
    if (code === 'archive-key-unknown') return 'unknown-key';
    const error = asHeliogramError(thrown);
    if (code !== 'newer-format') return { kind: 'broken', error };
    return { kind: 'unreadable', error: new ValidationError('unsupported', error.message) };
  }
}
