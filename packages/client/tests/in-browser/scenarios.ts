import {
  browserPlatform,
  DeviceKeyStore,
  deleteBrowserStore,
  Leadership,
  openBrowserStore,
} from '../../src/browser/index.ts';
import type { CachedEntry, ClientStore } from '../../src/store/port.ts';
import { StoreDamagedError } from '../../src/store/store-error.ts';
import { storeCases } from '../contract/cases.ts';
import { breakFiles, tracesOf } from './damage.ts';

const store = 'test-store';
const conversationId = 'ab'.repeat(16);
const leadership = new Leadership('test-leader');
const keys = new DeviceKeyStore();
let open: ClientStore | undefined;

/** What a page can ask its worker to do. Answers are plain values. */
export const scenarios = {
  /** "ok" or what went wrong, by case. */
  contract: async () => {
    const results: Record<string, string> = {};
    const cases: [string, (store: ClientStore) => Promise<void>][] = [];
    storeCases((what, run) => cases.push([what, run]));
    for (const [what, run] of cases) {
      const fresh = await openBrowserStore(store);
      try {
        await run(fresh);
        results[what] = 'ok';
      } catch (error) {
        results[what] = String(error);
      }
      await fresh.close();
      await deleteBrowserStore(store);
    }
    return results;
  },
  open: async () => {
    open = await openBrowserStore(store);
    return open.persistent;
  },
  openError: async () => {
    try {
      await openBrowserStore(store);
      return 'none';
    } catch (error) {
      return error instanceof StoreDamagedError ? 'damaged' : String(error);
    }
  },
  close: async () => {
    await open?.close();
    open = undefined;
  },
  remove: () => deleteBrowserStore(store),
  /** Entries of a batch, all with its number in their text. */
  keepBatch: async (batch: number, size: number) => {
    const entries = Array.from({ length: size }, (_, i) => saying(batch * size + i + 1, batch));
    const known = { from: batch * size + 1, to: (batch + 1) * size };
    await held().entries.put({ conversationId, entries, known, usedAt: batch });
  },
  /** How many entries of each batch there are, and what is known whole. */
  batches: async (upTo: number) => {
    const counts: number[] = [];
    for (let batch = 0; batch <= upTo; batch++) {
      const hits = await held().entries.search({ query: `batch${batch} `, limit: 100 });
      counts.push(hits.length);
    }
    const { spans } = await held().entries.range({ conversationId, limit: 0 });
    return { counts, spans };
  },
  enqueue: async (text: string) => {
    const { random, process } = browserPlatform;
    const payload = new TextEncoder().encode(text);
    const post = { payload, targetSeq: 0, silent: false, fingerprint: '' };
    const items = [{ ...post, appendId: random.bytes(16) }];
    await held().outbox.enqueue({ conversationId, enqueuedAt: Date.now(), items, ...process });
  },
  /** What this session may send. */
  sendable: async () => {
    const { process } = browserPlatform;
    const items = await held().outbox.pending({ conversationId, limit: 99, ...process });
    return items.map(({ payload }) => new TextDecoder().decode(payload));
  },
  setDraft: (text: string) =>
    held().chats.setLocal(conversationId, {
      draft: { text, replyTo: null, editing: null, attachments: [], changedAt: 1 },
    }),
  draft: async () => (await held().chats.local(conversationId)).draft?.text,
  /** Resolves when this worker leads, with the time. */
  lead: async () => {
    leadership.request();
    await new Promise<void>((resolve) => leadership.onLead(() => resolve()));
    return Date.now();
  },
  leadershipState: async () => leadership.state,
  release: () => leadership.release(),
  putKeys: (seed: number) => {
    const signatureSeed = new Uint8Array(32).fill(seed);
    return keys.put('here', {
      accountId: 'a',
      deviceId: 'd',
      signatureSeed,
      secrets: Uint8Array.of(seed),
    });
  },
  keys: async () => {
    const found = await keys.get('here');
    return found && [found.accountId, found.deviceId, found.signatureSeed[31], found.secrets[0]];
  },
  deleteKeys: () => keys.delete('here'),
  /** As on a browser that has no private files. */
  loseOpfs: async () => {
    Object.defineProperty(navigator.storage, 'getDirectory', { value: undefined });
  },
  breakFiles: () => breakFiles(store),
  traces: (words: string[]) => tracesOf(store, words),
  removeSeqs: async (seqs: number[]) => {
    await held().entries.remove(conversationId, seqs);
    await held().compact();
  },
  /** Batches until one fails; answers the code of the failure. */
  fill: async (most: number) => {
    for (let batch = 0; batch < most; batch++) {
      try {
        await scenarios.keepBatch(batch, 100);
      } catch (error) {
        return error instanceof Error && 'code' in error ? String(error.code) : String(error);
      }
    }
    return 'never full';
  },
} as const;

function saying(seq: number, batch: number): CachedEntry {
  const encoded = new Uint8Array(300).fill(seq % 256);
  return { seq, kind: 1, sentAt: seq, encoded, text: `unmistakable${seq}x of batch${batch} here` };
}

function held(): ClientStore {
  if (!open) throw new Error('the store is not open');
  return open;
}
