import { mkdirSync } from 'node:fs';
import type { AccountDeletionHook, AvatarClaims } from '../accounts/options.ts';
import type { MediaClaims } from '../channels/media-claims.ts';
import { freeBytes } from '../free-bytes.ts';
import type { HttpRoute } from '../gateway/http-server.ts';
import type { BoundService } from '../gateway/service.ts';
import { Turnstile } from '../turnstile.ts';
import { Checks } from './checks.ts';
import { avatarClaims, mediaClaims } from './claims.ts';
import { ContentStore } from './content-store.ts';
import { downloadRoute } from './download-route.ts';
import { NO_QUOTA } from './media-quota.ts';
import type { MediaOptions } from './options.ts';
import type { Room } from './room.ts';
import { mediaService } from './service.ts';
import { Sweeper } from './sweeper.ts';
import { uploadRoute } from './upload-route.ts';

export type { MediaOptions } from './options.ts';

/** Files: their way in, their check, their way out, and what keeps them. */
export type Media = {
  readonly service: BoundService;
  readonly claims: MediaClaims;
  readonly avatars: AvatarClaims;
  /** `/uploads` (tus 1.0) and `/media`. */
  readonly routes: readonly HttpRoute[];
  /** Removes what the account uploaded and nobody shows; goes after the channels of the account went. */
  readonly eraseAccount: AccountDeletionHook;
  /** Removes at once what is due; also happens by itself. */
  sweep(): Promise<void>;
  /** Checks what a crash left unchecked and begins to sweep. */
  start(): Promise<void>;
  /** Resolves once nothing is being checked or removed. */
  stop(): Promise<void>;
};

export function createMedia(options: MediaOptions): Media {
  const files = new ContentStore(options.directory);
  mkdirSync(files.uploads, { recursive: true, mode: 0o700 });
  const filing = new Turnstile({ atOnce: 1, maxWaiting: 10_000 });
  const base: Room = { freeBytes, quota: NO_QUOTA, ...options, files, filing };
  const checks = new Checks(base);
  const sweeper = new Sweeper(base);
  const room = { ...base, checks, sweeper };
  return {
    service: mediaService(room),
    claims: mediaClaims(room),
    avatars: avatarClaims(room),
    routes: [uploadRoute(room), downloadRoute(room)],
    eraseAccount: (deleted) => sweeper.eraseAccount(deleted),
    sweep: () => sweeper.sweep(),
    start: async () => {
      await checks.resume();
      sweeper.start();
    },
    stop: async () => {
      await sweeper.stop();
      await checks.idle();
    },
  };
}
