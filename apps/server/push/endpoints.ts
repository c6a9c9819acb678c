import { ECDH } from 'node:crypto';
import { lookup as resolve } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { type SetPushSubscriptionRequest, ValidationError } from '@heliogram/protocol';
import { isPublicAddress } from './addresses.ts';

/** Push services on the public internet at port 443, or wherever a subscription says. */
export type Reach = 'public' | 'any';

/** An endpoint that this server will not dial, whatever it answers. */
export class UnreachableByRule extends Error {}

/** Throws `invalid_argument` for what no browser's push service gave. */
export function checkSubscription(request: SetPushSubscriptionRequest, reach: Reach): void {
  if (!mayDial(request.endpoint, reach)) {
    throw new ValidationError('invalid_argument', 'this is not the address of a push service');
  }
  try {
    ECDH.convertKey(request.p256dh, 'prime256v1');
  } catch (error) {
    const sentence = 'the key of the subscription is not a P-256 point';
    throw new ValidationError('invalid_argument', sentence, { cause: error });
  }
}

/** What the text alone tells; the address behind a name is judged when it is dialled. */
export function mayDial(endpoint: string, reach: Reach): boolean {
  const url = URL.parse(endpoint);
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '') return false;
  if (reach === 'any') return true;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return url.port === '' && (isIP(host) === 0 ? host.includes('.') : isPublicAddress(host));
}

/**
 * Resolves names for the connection itself, so that what was judged is what is dialled. One address
 * that is not public spoils the name.
 */
export const publicLookup: LookupFunction = (hostname, options, answer) => {
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    const [first] = addresses ?? [];
    if (error || !first) return answer(error ?? new Error('no address'), '');
    if (!addresses.every(({ address }) => isPublicAddress(address))) {
      return answer(new UnreachableByRule('not on the public internet'), '');
    }
    if (options.all) answer(null, addresses);
    else answer(null, first.address, first.family);
  });
};
