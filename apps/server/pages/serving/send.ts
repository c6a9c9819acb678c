import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isKnown } from '../../gateway/index.ts';
import type { Runtime } from '../../runtime.ts';
import type { Answer } from './answer.ts';
import { LastChanges } from './last-changes.ts';
import { Packing } from './packing.ts';

export type Exchange = { readonly request: IncomingMessage; readonly response: ServerResponse };

const KEEPING = {
  // Shared caches too have to ask each time, so that what was removed is not shown by them.
  checked: 'public, no-cache',
  forever: 'public, max-age=31536000, immutable',
  never: 'no-store',
} as const;

/** Nothing runs and nothing comes from elsewhere. */
const CONTENT_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self' data:",
  "media-src 'self'",
  // Nothing here fetches; inspectors read robots.txt in the page's name.
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
];

/** Sends answers: whole, or 304 to whoever has the same already. */
export class Sender {
  readonly #packing = new Packing();
  readonly #changes: LastChanges;

  constructor(runtime: Pick<Runtime, 'now'>) {
    this.#changes = new LastChanges(runtime);
  }

  async send({ request, response }: Exchange, answer: Answer): Promise<void> {
    const body = Buffer.from(answer.body);
    for (const [name, value] of Object.entries(headersOf(answer))) response.setHeader(name, value);
    if (answer.status !== 200 || answer.keep === 'never') {
      response.writeHead(answer.status, { 'content-length': body.byteLength });
      response.end(request.method === 'HEAD' ? undefined : body);
      return;
    }
    const etag = `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
    const variant = `${request.headers.host} ${answer.language ?? ''} ${request.url}`;
    const changed = this.#changes.dateOf(variant, etag);
    response.setHeader('etag', etag);
    if (changed !== undefined) response.setHeader('last-modified', changed);
    response.setHeader(
      'vary',
      answer.language ? 'accept-encoding, accept-language' : 'accept-encoding',
    );
    if (hasAlready(request, { etag, changed })) {
      response.writeHead(304).end();
      return;
    }
    const packed = await this.#packing.bodyFor(
      request.headers['accept-encoding']?.toString(),
      etag,
      body,
    );
    if (packed.coding) response.setHeader('content-encoding', packed.coding);
    response.writeHead(200, { 'content-length': packed.bytes.byteLength });
    response.end(request.method === 'HEAD' ? undefined : packed.bytes);
  }
}

/** RFC 9110 §13.2.2. Dates are compared as they were given out: nothing is concluded from others. */
function hasAlready(
  { headers }: IncomingMessage,
  { changed, etag }: { readonly etag: string; readonly changed: string | undefined },
): boolean {
  const tags = headers['if-none-match'];
  if (tags !== undefined) return isKnown(tags, etag);
  return changed !== undefined && headers['if-modified-since'] === changed;
}

function headersOf(answer: Answer): Readonly<Record<string, string>> {
  const { framed = false, headers, indexed, keep, type } = answer;
  const ancestors = framed ? 'frame-ancestors *' : "frame-ancestors 'none'";
  return {
    'cache-control': KEEPING[keep],
    'content-security-policy': [...CONTENT_POLICY, ancestors].join('; '),
    'content-type': type,
    // A frame opens its links in windows of their own, and may stand where only such are let in.
    ...(framed
      ? { 'cross-origin-embedder-policy': 'require-corp' }
      : { 'cross-origin-opener-policy': 'same-origin' }),
    'cross-origin-resource-policy': framed ? 'cross-origin' : 'same-origin',
    ...(indexed ? {} : { 'x-robots-tag': 'noindex' }),
    ...headers,
  };
}
