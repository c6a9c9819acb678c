import { createHash, randomBytes } from 'node:crypto';
import type { Platform } from '../ports.ts';
import { fetchHttp } from './fetch-http.ts';
import { nodeProcess } from './process-identity.ts';
import { nodeSigner } from './signer.ts';
import { wsTransport } from './ws-transport.ts';

/** Everything that the SDK asks for, from Node. */
export const nodePlatform: Platform = {
  transport: wsTransport,
  scheduler: {
    now: () => Date.now(),
    after: (delayMs, run) => {
      const timer = setTimeout(run, delayMs);
      return { cancel: () => clearTimeout(timer) };
    },
  },
  // A copy: Buffer may lend a slice of a shared pool.
  random: { bytes: (length) => Uint8Array.from(randomBytes(length)) },
  signer: nodeSigner,
  http: fetchHttp,
  hasher: {
    sha256: () => {
      const hash = createHash('sha256');
      return {
        update: (bytes) => void hash.update(bytes),
        digest: () => Uint8Array.from(hash.digest()),
      };
    },
  },
  process: nodeProcess,
};
