import { createHash } from 'node:crypto';

/** How long an admitted post may take to reach the log. */
const LIFETIME_MS = 300_000;
/** Admitted posts with attachments on their way at once; the oldest give way. */
const MAX_PENDING = 4_096;

type Pending = { readonly mediaIds: readonly string[]; readonly until: number };

/** Files that admitted posts carry, until the log says under which seq each post stands. */
export class PendingMedia {
  readonly #byPayload = new Map<string, Pending>();

  /** `now` is monotonic. */
  expect(key: PayloadKey, mediaIds: readonly string[], now: number): void {
    if (mediaIds.length === 0) return;
    for (const [oldKey, { until }] of this.#byPayload) {
      if (until > now && this.#byPayload.size < MAX_PENDING) break;
      this.#byPayload.delete(oldKey);
    }
    this.#byPayload.set(digest(key), { mediaIds, until: now + LIFETIME_MS });
  }

  /** The files of an appended post, once. */
  take(key: PayloadKey): readonly string[] {
    if (this.#byPayload.size === 0) return [];
    const name = digest(key);
    const pending = this.#byPayload.get(name);
    this.#byPayload.delete(name);
    return pending?.mediaIds ?? [];
  }
}

type PayloadKey = { readonly conversation: number; readonly payload: Uint8Array };

function digest({ conversation, payload }: PayloadKey): string {
  return `${conversation}/${createHash('sha256').update(payload).digest('base64')}`;
}
