import { emptyBytes } from '../codec/bytes.ts';
import { build } from '../codec/writer.ts';
import { type Environment, forSuite } from '../environment.ts';
import { UsageError } from '../errors.ts';
import { paddingToBlock } from '../protection/private-content.ts';
import type { GroupState } from './group-state.ts';
import { PendingSend } from './pending-send.ts';
import { RetiredSecrets } from './retired-secrets.ts';
import { protect, requireActive, signOwn } from './signing.ts';

export interface ApplicationMessage {
  readonly data: Uint8Array;
  /** Readable by all and signed; the delivery service sees it. */
  readonly authenticatedData?: Uint8Array;
  /** Content is padded to a multiple of this; default 1: none. */
  readonly paddingBlockBytes?: number;
}

/**
 * Encrypts application data (RFC 9420 section 15). A state encrypts once; go on with the result's.
 * @throws UsageError `group-not-active`, `state-superseded`, `too-large`.
 */
export async function encryptApplication(
  env: Environment,
  state: GroupState,
  message: ApplicationMessage,
): Promise<PendingSend<Uint8Array>> {
  requireActive(state);
  const groupEnv = forSuite(env, state.epoch.context.cipherSuite);
  if (message.data.length > groupEnv.limits.maxMessageBytes) {
    throw new UsageError('too-large', 'Application data exceeds the size limit');
  }
  const authenticated = await signOwn(groupEnv, state.epoch, {
    body: { kind: 'application', data: message.data },
    format: 'private',
    authenticatedData: message.authenticatedData ?? emptyBytes,
  });
  const paddingBytes = paddingToBlock(encodedLength(message.data), message.paddingBlockBytes ?? 1);
  const sent = await protect(groupEnv, state.epoch, { authenticated, paddingBytes });
  const next = { ...state, epoch: sent.epoch };
  return new PendingSend(next, sent.message, new RetiredSecrets(sent.retired));
}

/** As a vector: what is padded is the content with its length, so that the length does not show. */
function encodedLength(data: Uint8Array): number {
  return build((writer) => writer.vector(data), data.length + 4).length;
}
