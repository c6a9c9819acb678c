import { InternalError } from '@heliogram/protocol';
import type { AccountDeletionHook, AvatarClaims } from '../accounts/options.ts';
import type { MediaClaims } from '../channels/media-claims.ts';
import type { HttpRoute } from '../gateway/http-server.ts';
import type { BoundService } from '../gateway/service.ts';
import type { MediaOptions } from './options.ts';

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
  /** Checks what a crash left unchecked and begins to sweep. */
  start(): Promise<void>;
  /** Resolves once nothing is being checked or removed. */
  stop(): Promise<void>;
};

export function createMedia(_options: MediaOptions): Media {
  throw new InternalError('not built yet');
}
