import { connectionLost } from '../errors.ts';
import type { Http } from '../ports.ts';

/** HTTP through fetch. Redirects are refused: a ticket goes to the server that gave it, to nobody else. */
export const fetchHttp: Http = {
  send: async ({ method, url, headers, body }) => {
    const response = await fetch(url, {
      method,
      headers,
      redirect: 'error',
      credentials: 'omit',
      ...(body && { body: Uint8Array.from(body) }),
    }).catch(connectionLost);
    return {
      status: response.status,
      header: (name) => response.headers.get(name) ?? undefined,
      body: pieces(response.body),
    };
  },
};

/** Not every browser iterates streams. */
async function* pieces(stream: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  const reader = stream?.getReader();
  try {
    for (;;) {
      const next = await reader?.read().catch(connectionLost);
      if (!next || next.done) return;
      yield next.value;
    }
  } finally {
    await reader?.cancel();
  }
}
