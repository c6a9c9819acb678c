import { HeliogramError } from '@heliogram/protocol';
import type { Timer } from '../runtime.ts';
import { attachedFile } from './attachments.ts';
import { sourcesOf } from './media-settling.ts';
import { storedView } from './received-content.ts';
import type { Room } from './room.ts';

/** A claim keeps a file for at least a day. */
const RENEW_EVERY_MS = 6 * 3_600_000;

/** Keeps the files of scheduled posts until their time comes: a post may wait for months, a claim does not. */
export class ScheduledMedia {
  readonly #room: Room;
  #timer: Timer | undefined;

  constructor(room: Room) {
    this.#room = room;
  }

  /** Resolves when every file that waits is claimed anew, before anything may be swept. */
  async start(): Promise<void> {
    this.#timer = this.#room.runtime.after(RENEW_EVERY_MS, () => {
      this.#room.background.run('files of scheduled posts', () => this.start());
    });
    await renewClaims(this.#room);
  }

  stop(): void {
    this.#timer?.cancel();
  }
}

async function renewClaims(room: Room): Promise<void> {
  const rows = await room.storage.db
    .selectFrom('scheduled_posts')
    .select(['conversation', 'author', 'payload'])
    .execute();
  for (const row of rows) await renew(room, row);
}

async function renew(
  room: Room,
  row: { readonly conversation: number; readonly author: number; readonly payload: Uint8Array },
): Promise<void> {
  const view = storedView(row.payload);
  if (view.attachments.length === 0) return;
  const { conversation } = row;
  const alreadyIn = await sourcesOf(room, view, { conversation, seq: 0 });
  const files = view.attachments.map(attachedFile);
  try {
    await room.media.claim({ account: row.author, conversation, files, alreadyIn });
  } catch (error) {
    // A file that its owner took back fails the post when its time comes, with the reason.
    if (!(error instanceof HeliogramError) || error.retry) throw error;
  }
}
