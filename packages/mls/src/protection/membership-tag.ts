import { equalSecrets } from '../codec/bytes.ts';
import type { SuiteCrypto } from '../crypto-provider.ts';
import { type AuthenticatedContent, contentToBeMaced } from '../framing/authenticated-content.ts';
import type { PublicMessage } from '../framing/public-message.ts';
import { check } from '../validation/checks.ts';

export interface MembershipKey {
  readonly membership: Uint8Array;
  readonly contextBytes: Uint8Array;
}

/** A member's PublicMessage (RFC 9420 section 6.2). */
export function protectPublic(
  crypto: SuiteCrypto,
  authenticated: AuthenticatedContent,
  key: MembershipKey,
): PublicMessage {
  return { authenticated, membershipTag: membershipTag(crypto, authenticated, key) };
}

/** Checks the membership tag of a member's message; others have none. */
export function checkMembershipTag(
  crypto: SuiteCrypto,
  message: PublicMessage,
  key: MembershipKey,
): void {
  if (message.authenticated.content.sender.kind !== 'member') return;
  const expected = membershipTag(crypto, message.authenticated, key);
  const given = message.membershipTag;
  check('public-membership-tag', given !== undefined && equalSecrets(expected, given));
}

function membershipTag(
  crypto: SuiteCrypto,
  authenticated: AuthenticatedContent,
  key: MembershipKey,
): Uint8Array {
  return crypto.hmac(key.membership, contentToBeMaced(authenticated, key.contextBytes));
}
