import { Agent, type RequestOptions, request } from 'node:https';
import { mayDial, publicLookup, type Reach, UnreachableByRule } from './endpoints.ts';
import type { Subscription } from './subscriptions.ts';
import type { VapidKeys } from './vapid-keys.ts';

/** What a push service said, or why it said nothing. */
export type PushAnswer =
  | { readonly kind: 'answered'; readonly status: number; readonly retryAfter: string | undefined }
  /** Not dialled: it is no place on the public internet. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'unreachable' };

/** Sends one push. Never throws. */
export type Push = (subscription: Subscription, signal: AbortSignal) => Promise<PushAnswer>;

/** The whole message, the same for everybody: it says that there is something new and nothing else. */
const SOMETHING_NEW = Buffer.of(1);
/** A device that is off longer finds out when its person opens the app. */
const TTL_SECONDS = 86_400;
/** Push services keep the newest of a topic: a phone that comes back is woken once. */
const TOPIC = 'news';
const ANSWER_WITHIN_MS = 10_000;
const MAX_SOCKETS_PER_HOST = 8;
const IDLE_SOCKET_MS = 15_000;
const MAX_HEADER_BYTES = 16_384;

export type PushingParts = {
  readonly reach: Reach;
  readonly keys: VapidKeys;
  readonly contact: () => string;
  readonly trusted: string | undefined;
};

/** Over https: encrypted for the browser (RFC 8291) and signed by this server (RFC 8292). */
export function createPush({ reach, keys, contact, trusted }: PushingParts): Push {
  const agent = new Agent({
    keepAlive: true,
    maxSockets: MAX_SOCKETS_PER_HOST,
    timeout: IDLE_SOCKET_MS,
    ...(trusted === undefined ? {} : { ca: trusted }),
  });
  const dialling = { agent, ...(reach === 'public' ? { lookup: publicLookup } : {}) };
  return async (subscription, signal) => {
    if (!mayDial(subscription.endpoint, reach)) return { kind: 'refused' };
    // Loaded with the first push: a start does not wait for it.
    const { default: webPush } = await import('web-push');
    const { headers, body } = webPush.generateRequestDetails(
      {
        endpoint: subscription.endpoint,
        keys: { p256dh: base64Url(subscription.p256dh), auth: base64Url(subscription.auth) },
      },
      SOMETHING_NEW,
      {
        vapidDetails: { subject: contact(), ...keys },
        contentEncoding: 'aes128gcm',
        TTL: TTL_SECONDS,
        topic: TOPIC,
        urgency: 'normal',
      },
    );
    const limited = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]);
    const options = { ...dialling, method: 'POST', headers, signal: limited };
    return post(subscription.endpoint, { ...options, maxHeaderSize: MAX_HEADER_BYTES }, body);
  };
}

/** Redirects are not followed and bodies not read: status and Retry-After say it all. */
function post(endpoint: string, options: RequestOptions, body: Buffer | null): Promise<PushAnswer> {
  return new Promise((resolve) => {
    const sending = request(endpoint, options, (response) => {
      const { statusCode: status = 0, headers } = response;
      resolve({ kind: 'answered', status, retryAfter: headers['retry-after'] });
      // A short body is drained, so that the connection serves the next one; a long one is cut off.
      response.on('error', () => undefined);
      response.resume();
    });
    sending.on('error', (error) =>
      resolve({ kind: error instanceof UnreachableByRule ? 'refused' : 'unreachable' }),
    );
    sending.end(body);
  });
}

const base64Url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
