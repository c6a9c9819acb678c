/** What the server needs to wake this browser (`SetPushSubscription`). */
export type PushKeys = {
  readonly endpoint: string;
  readonly p256dh: Uint8Array<ArrayBuffer>;
  readonly auth: Uint8Array<ArrayBuffer>;
};

/** `ask`: the person has not been asked yet. */
export type PushState = 'unsupported' | 'denied' | 'ask' | 'off' | 'on';

/** How it stands with notices in this browser. */
export async function pushState(): Promise<PushState> {
  if (!isSupported()) return 'unsupported';
  const { permission } = Notification;
  if (permission !== 'granted') return permission === 'denied' ? 'denied' : 'ask';
  return (await current()) ? 'on' : 'off';
}

/** Whether this browser has a subscription, whatever server it is for. */
export async function hasPush(): Promise<boolean> {
  return isSupported() && (await current()) !== undefined;
}

/**
 * The subscription of now for the server's key; a lost one, or one for another key, is made anew. Undefined
 * where the person has not allowed it or the browser says no: nobody is asked.
 */
export async function renewPush(vapidKey: Uint8Array): Promise<PushKeys | undefined> {
  if (!isSupported() || Notification.permission !== 'granted') return undefined;
  return subscribe(vapidKey);
}

/**
 * Asks the person, then subscribes with the server's key. Call it on a click: browsers ask at no other
 * time. Undefined when the person or the browser says no.
 */
export async function enablePush(vapidKey: Uint8Array): Promise<PushKeys | undefined> {
  if (!isSupported()) return undefined;
  if ((await Notification.requestPermission()) !== 'granted') return undefined;
  return subscribe(vapidKey);
}

async function subscribe(vapidKey: Uint8Array): Promise<PushKeys | undefined> {
  const { pushManager } = await navigator.serviceWorker.ready;
  const known = await pushManager.getSubscription();
  if (known && isFor(known, vapidKey)) return keysOf(known);
  await known?.unsubscribe();
  const applicationServerKey = Uint8Array.from(vapidKey);
  const options = { userVisibleOnly: true, applicationServerKey };
  // The service worker subscribes again with it when the browser ends the subscription.
  const cache = await caches.open('push');
  await cache.put('/push-key', new Response(applicationServerKey));
  return keysOf(await pushManager.subscribe(options));
}

/** The browser takes no more pushes; the server is told apart (`RemovePushSubscription`). */
export async function disablePush(): Promise<void> {
  if (isSupported()) await (await current())?.unsubscribe();
}

function isSupported(): boolean {
  return (
    'serviceWorker' in navigator && 'PushManager' in globalThis && 'Notification' in globalThis
  );
}

async function current(): Promise<PushSubscription | undefined> {
  const registration = await navigator.serviceWorker.getRegistration();
  return (await registration?.pushManager.getSubscription()) ?? undefined;
}

function isFor({ options }: PushSubscription, vapidKey: Uint8Array): boolean {
  const known = new Uint8Array(options.applicationServerKey ?? new ArrayBuffer());
  return known.length === vapidKey.length && known.every((byte, at) => byte === vapidKey[at]);
}

function keysOf(subscription: PushSubscription): PushKeys | undefined {
  const p256dh = subscription.getKey('p256dh');
  const auth = subscription.getKey('auth');
  if (!p256dh || !auth) return undefined;
  const { endpoint } = subscription;
  return { endpoint, p256dh: new Uint8Array(p256dh), auth: new Uint8Array(auth) };
}
