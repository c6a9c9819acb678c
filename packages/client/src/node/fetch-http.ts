import { connectionLost } from '../errors.ts';
import type { Http } from '../ports.ts';

/** HTTP through fetch. Redirects are refused: a ticket goes to the server that gave it, to nobody else. */
export const fetchHttp: Http = {
  send: async ({ method, url, headers, body }) => {
    const response = await fetch(url, {
      method,
      headers,
      redirect: 'error',
      ...(body && { body: Uint8Array.from(body) }),
    }).catch(connectionLost);
    return {
      status: response.status,
      header: (name) => response.headers.get(name) ?? undefined,
      body: pieces(response.body),
    };
  },
};

async function* pieces(
  body: AsyncIterable<Uint8Array> | null,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    if (body) yield* body;
  } catch (error) {
    connectionLost(error);
  }
}
