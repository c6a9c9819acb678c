import type { IncomingMessage } from 'node:http';

/** What a request asks for (RFC 9112 §3.2), as it was sent: nothing in it is decoded or resolved. */
export type RequestTarget = {
  readonly path: string;
  /** Without its question mark; empty when there is none. */
  readonly query: string;
};

/**
 * The only reader of a request's address: whatever is decided about a request is decided by this path.
 * The absolute form, which servers have to accept, means the same as the form without an authority.
 */
export function targetOf({ url = '/' }: Pick<IncomingMessage, 'url'>): RequestTarget {
  const [, origin = ''] = /^(https?:\/\/[^/?#]*)/i.exec(url) ?? [];
  const [, path = '', query = ''] = /^([^?#]*)(?:\?([^#]*))?/.exec(url.slice(origin.length)) ?? [];
  return { path: path === '' ? '/' : path, query };
}
