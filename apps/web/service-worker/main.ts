import { askVersion, type ToServiceWorker, type ToWindows } from './messages.ts';
import { noticeFor } from './notices.ts';
import { Pictures } from './pictures.ts';
import type { Precache } from './precache.ts';
import { routeOf } from './routing.ts';
import { Shell } from './shell.ts';

declare const self: ServiceWorkerGlobalScope;
/** Written in by the build. */
declare const PRECACHE: Precache;
const precache = PRECACHE;

const LANGUAGE_CACHE = 'language';
const LANGUAGE_KEY = '/language';
const NOTICE_TAG = 'news';
/** A window that is frozen does not answer. */
const WINDOW_ANSWERS_WITHIN_MS = 2_000;
/** How long a notice stands while somebody looks at the app. */
const QUIET_NOTICE_MS = 3_000;
const PUSH_KEY = '/push-key';

const toNetwork = (request: Request | string, init?: RequestInit) => fetch(request, init);
const shell = new Shell({
  precache,
  caches,
  fetch: toNetwork,
  after: (delayMs, run) => void setTimeout(run, delayMs),
});
const pictures = new Pictures({ caches, fetch: toNetwork, now: Date.now });
const surroundings = {
  origin: self.location.origin,
  precached: new Set(precache.files.map(({ path }) => path)),
};

self.addEventListener('install', (event) => event.waitUntil(shell.install()));

self.addEventListener('activate', (event) =>
  event.waitUntil(self.clients.claim().then(() => sweep())),
);

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { method, url, mode, headers } = request;
  const facts = { method, url, navigates: mode === 'navigate' };
  const route = routeOf({ ...facts, authorized: headers.has('authorization') }, surroundings);
  if (route === 'network') return;
  const answers = {
    page: () => shell.page(request),
    hashed: () => shell.hashed(request),
    shell: () => shell.file(request),
    picture: () => pictures.picture(request, (work) => event.waitUntil(work)),
  };
  event.respondWith(answers[route]());
});

self.addEventListener('message', (event) => {
  const message = event.data as ToServiceWorker;
  const [port] = event.ports;
  if (message.ask === 'version') port?.postMessage({ version: shell.version });
  else if (message.ask === 'activate') event.waitUntil(self.skipWaiting());
  else if (message.ask === 'opened') event.waitUntil(opened(message.language));
  else event.waitUntil(pictures.forget());
});

self.addEventListener('push', (event) => event.waitUntil(showNotice()));

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(openApp());
});

self.addEventListener('pushsubscriptionchange', (event) => event.waitUntil(subscribeAgain(event)));

async function sweep(): Promise<void> {
  const windows = await allWindows();
  await shell.sweep(await Promise.all(windows.map(versionOf)));
}

function versionOf(window: WindowClient): Promise<string | undefined> {
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  const timer = setTimeout(resolve, WINDOW_ANSWERS_WITHIN_MS, undefined);
  void askVersion((message, ports) => window.postMessage(message satisfies ToWindows, ports))
    .then(resolve)
    .finally(() => clearTimeout(timer));
  return promise;
}

async function opened(language: string): Promise<void> {
  // A window that was on its way when this version took over was passed by.
  await self.clients.claim();
  const cache = await caches.open(LANGUAGE_CACHE);
  await cache.put(LANGUAGE_KEY, new Response(language));
  await closeNotices();
  await badge('clearAppBadge');
  await sweep();
}

async function showNotice(): Promise<void> {
  const windows = await allWindows();
  const inSight = windows.some(({ visibilityState }) => visibilityState === 'visible');
  const wished = await (await caches.match(LANGUAGE_KEY))?.text();
  const { title, body, direction, language } = noticeFor([wished ?? '', ...navigator.languages]);
  await self.registration.showNotification(title, {
    body,
    lang: language,
    dir: direction,
    tag: NOTICE_TAG,
    icon: '/icon-192.png',
    badge: '/badge-96.png',
    // Safari takes the subscription away for a push that shows nothing; who looks at the app sees the posts there.
    silent: inSight,
  });
  if (!inSight) return badge('setAppBadge');
  await new Promise((done) => setTimeout(done, QUIET_NOTICE_MS));
  await closeNotices();
}

async function closeNotices(): Promise<void> {
  const shown = await self.registration.getNotifications({ tag: NOTICE_TAG });
  for (const notice of shown) notice.close();
}

/** The dot on the app's icon, where there is one. */
async function badge(change: 'setAppBadge' | 'clearAppBadge'): Promise<void> {
  if (change in navigator) await navigator[change]().catch(() => undefined);
}

async function openApp(): Promise<void> {
  const [window] = await allWindows();
  await (window ? window.focus() : self.clients.openWindow('/'));
}

/** A device that stays silent from now on would not know why. */
async function subscribeAgain(event: PushSubscriptionChangeEvent): Promise<void> {
  const kept = await (await caches.match(PUSH_KEY))?.arrayBuffer();
  const key = event.oldSubscription?.options.applicationServerKey ?? kept;
  if (!event.newSubscription && key) {
    const options = { userVisibleOnly: true, applicationServerKey: key };
    // What the browser refuses now is tried again at the next start of the app.
    await self.registration.pushManager.subscribe(options).catch(() => undefined);
  }
  const message: ToWindows = { tell: 'push-changed' };
  for (const window of await allWindows()) window.postMessage(message);
}

/** Windows of the app alone: public pages know nothing of it. */
async function allWindows(): Promise<readonly WindowClient[]> {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  return windows.filter(({ url }) => new URL(url).pathname === '/');
}
