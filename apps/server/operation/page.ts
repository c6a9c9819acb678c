import type { IncomingMessage, ServerResponse } from 'node:http';

/** A small answer of our own, to GET and HEAD only. */
export function sendPage(
  { request, response }: { request: IncomingMessage; response: ServerResponse },
  page: {
    readonly status?: number;
    readonly type: string;
    readonly body: string;
    readonly headers?: Readonly<Record<string, string>>;
  },
): void {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { allow: 'GET, HEAD' }).end();
    return;
  }
  const body = Buffer.from(page.body);
  response.writeHead(page.status ?? 200, {
    'content-type': page.type,
    'content-length': body.byteLength,
    'cache-control': 'no-store',
    ...page.headers,
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}
