import type { Platform } from '../ports.ts';
import { fetchHttp } from './fetch-http.ts';
import { hashers } from './hasher.ts';
import { webSigner } from './signer.ts';
import { webSocketTransport } from './web-socket-transport.ts';

export { browserStoreExists, deleteBrowserStore, openBrowserStore } from './browser-store.ts';
export { DeviceKeyStore } from './device-key-store.ts';
export { Leadership, type LeadershipState } from './leadership.ts';

/**
 * Everything that the SDK asks for, from a browser's window or worker. One tab or worker at a time
 * holds a store (see Leadership), so no other session is alive beside this one: what the last leader
 * left in the outbox is this one's to send at once.
 */
export const browserPlatform: Platform = {
  transport: webSocketTransport,
  scheduler: {
    now: () => Date.now(),
    after: (delayMs, run) => {
      const timer = setTimeout(run, delayMs);
      return { cancel: () => clearTimeout(timer) };
    },
  },
  random: { bytes: (length) => crypto.getRandomValues(new Uint8Array(length)) },
  signer: webSigner,
  http: fetchHttp,
  hasher: hashers,
  process: { session: crypto.randomUUID(), isAlive: () => false },
};
