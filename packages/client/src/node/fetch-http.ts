import type { Http } from '../ports.ts';

/** HTTP through fetch. Redirects are refused: a ticket goes to the server that gave it, to nobody else. */
export const fetchHttp: Http = {
  send: async ({ method, url, headers, body }) => {
    const response = await fetch(url, {
      method,
      headers,
      redirect: 'error',
      ...(body && { body: Uint8Array.from(body) }),
    });
    return {
      status: response.status,
      header: (name) => response.headers.get(name) ?? undefined,
      body: response.body ?? nothing(),
    };
  },
};

async function* nothing(): AsyncGenerator<Uint8Array> {
  // A response without a body.
}
