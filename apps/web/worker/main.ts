import {
  type ClientStore,
  createMemoryStore,
  StoreDamagedError,
  type StoreToBe,
  storeLimits,
  storeToBe,
} from '@heliogram/client';
import {
  browserPlatform,
  browserStoreExists,
  DeviceKeyStore,
  deleteBrowserStore,
  Leadership,
  openBrowserStore,
} from '@heliogram/client/browser';
import type { Blocked } from '../bridge/contract/session.ts';
import type { ToWorker } from '../bridge/messages.ts';
import { blockedHandlers } from './hub/blocked.ts';
import { Hub } from './hub/hub.ts';
import type { KeptUpload } from './publishing/uploads.ts';
import { openRooms } from './rooms.ts';
import { Session } from './session/session.ts';
import type { UnansweredSignUp } from './session/unanswered.ts';
import { IndexedShelf } from './shelf/indexed-shelf.ts';
import { Tabs } from './tabs/tabs.ts';
import { compacting } from './upkeep/compaction.ts';

declare const self: DedicatedWorkerGlobalScope;

const clientName = 'heliogram-web/0.1.0';
const tidyAfterMs = 30_000;
const tab = crypto.randomUUID();
const tabLock = (name: string): string => `heliogram-tab-${name}`;

const present = Promise.withResolvers<void>();

const hub = new Hub();
const tabs = new Tabs({
  tab,
  present: present.promise,
  channel: new BroadcastChannel('heliogram-tabs'),
  hub,
  toWindow: (message) => self.postMessage(message),
  // Every tab holds a lock of its own, which only its end frees.
  gone: async (name) => {
    await navigator.locks.request(tabLock(name), { mode: 'shared' }, () => undefined);
  },
  every: (ms, run) => {
    const timer = setInterval(run, ms);
    return () => clearInterval(timer);
  },
});
self.onmessage = ({ data }: MessageEvent<ToWorker>) => tabs.fromWindow(data);
// As long as this tab is there. Where it is refused, so is the lock of who leads.
navigator.locks
  .request(tabLock(tab), () => {
    present.resolve();
    return new Promise(() => undefined);
  })
  .catch(() => cannotLead('locks'));

const leadership = new Leadership('heliogram-leader');
leadership.onLead(() => {
  tabs.begin();
  lead().catch(() => cannotLead('keys'));
});
leadership.request();

/** All tabs are told by whoever came to lead: none can serve better. */
function cannotLead(blocked: Blocked): void {
  hub.setHandlers(blockedHandlers(blocked));
  tabs.lead();
}

/** This tab has the store and the connection from now on, until it ends. */
async function lead(): Promise<void> {
  const origin = self.location.origin;
  const keys = new DeviceKeyStore();
  const known = keys.get(origin);
  known.catch(() => undefined);
  const store = await storeFor(known);
  const keyKeeper = {
    // Once, when the session starts.
    read: () => known,
    write: (device: Parameters<DeviceKeyStore['put']>[1]) => keys.put(origin, device),
    erase: () => keys.delete(origin),
  };
  const kept = {
    keyKeeper,
    files: new IndexedShelf<KeptUpload>('heliogram-files'),
    unanswered: new IndexedShelf<UnansweredSignUp>('heliogram-sign-up'),
    clientName,
  };
  const session = new Session({
    origin,
    platform: browserPlatform,
    store,
    ...kept,
    moved: (house) => hub.setHandlers(openRooms(house, { session, ...kept })),
  });
  self.addEventListener('online', () => session.networkChanged(true));
  self.addEventListener('offline', () => session.networkChanged(false));
  await session.start();
  tabs.lead();
  tidy(store);
}

/** What grew past its bounds is forgotten while nobody waits for it. */
function tidy(store: ClientStore): void {
  const { maxEntriesPerConversation, maxCachedBytes: maxBytes } = storeLimits;
  setTimeout(() => {
    store.entries.trim({ maxEntriesPerConversation, maxBytes }).catch(() => undefined);
  }, tidyAfterMs);
}

/** A visitor who keeps nothing yet reads at once: the engine of the store is loaded behind what they came for. */
async function storeFor(keys: Promise<unknown>): Promise<ClientStore | StoreToBe> {
  const open = async () => compacting(await openStore(), browserPlatform.scheduler);
  const isFirstVisit = !(await browserStoreExists()) && !(await keys);
  return isFirstVisit ? storeToBe(open) : open();
}

/**
 * A store that no longer holds is begun anew: keys are elsewhere, posts are read again. One that cannot
 * be had at all leaves an app that keeps nothing, and says so.
 */
async function openStore(): Promise<ClientStore> {
  try {
    return await openBrowserStore();
  } catch (error) {
    if (!(error instanceof StoreDamagedError)) return createMemoryStore();
    return deleteBrowserStore()
      .then(() => openBrowserStore())
      .catch(() => createMemoryStore());
  }
}
