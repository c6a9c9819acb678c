import { askVersion, type ToServiceWorker, type ToWindows } from './messages.ts';

export {
  disablePush,
  enablePush,
  type PushState,
  pushState,
  subscribedPush,
} from './push-subscription.ts';

/** Pages that stay open ask for a new version so often. */
const UPDATE_CHECK_MS = 3_600_000;
const ASK_AGAIN_MS = 3_000;

export type RegistrationOptions = {
  /** Of the app's Trusted Types policy, for `/service-worker.js`. */
  readonly scriptUrl: string;
  /** BCP 47, as the person chose; empty: what the browser asks for. */
  readonly language: string;
  /** A version other than this page's is whole and ready. Called once. */
  readonly onUpdateReady: () => void;
  /** The browser changed the push subscription: tell the server the one of now. */
  readonly onPushChanged: () => void;
};

/** The page's service worker. */
export type AppRegistration = {
  /** Changes to the version that is ready, and loads this page anew. */
  applyUpdate(): Promise<void>;
  /** Notices come in this language from now on. */
  languageChanged(language: string): void;
  /** Somebody signed out: nothing of them stays in its caches. */
  forget(): void;
};

/**
 * Registers the service worker and watches for new versions. Resolves with undefined where browsers
 * have none, such as in private windows; the app then works while there is a network.
 */
export async function registerServiceWorker(
  options: RegistrationOptions,
): Promise<AppRegistration | undefined> {
  const container = globalThis.navigator.serviceWorker as ServiceWorkerContainer | undefined;
  if (!container) return undefined;
  container.addEventListener('message', (event: MessageEvent<ToWindows>) => {
    if ('ask' in event.data) event.ports[0]?.postMessage({ version: pageVersion() });
    else options.onPushChanged();
  });
  container.startMessages();
  const registration = await container
    .register(options.scriptUrl, { updateViaCache: 'none' })
    .catch(() => undefined);
  if (!registration) return undefined;
  watchUpdates(registration, options.onUpdateReady);
  const tell = (message: ToServiceWorker) => registration.active?.postMessage(message);
  void container.ready.then(() => tell({ ask: 'opened', language: options.language }));
  return {
    applyUpdate: () => applyUpdate(container, registration),
    languageChanged: (language) => tell({ ask: 'opened', language }),
    forget: () => tell({ ask: 'forget' }),
  };
}

function watchUpdates(registration: ServiceWorkerRegistration, onUpdateReady: () => void): void {
  let told = false;
  const look = async () => {
    // Whoever waits, or took over while another tab changed to it.
    const newest = registration.waiting ?? registration.active;
    if (told || !newest) return;
    const version = await askVersion((message, ports) => newest.postMessage(message, ports));
    if (told) return;
    // It is still being started, on a slow machine: it is asked again.
    if (version === undefined) return void setTimeout(look, ASK_AGAIN_MS);
    told = version !== pageVersion();
    if (told) onUpdateReady();
    else {
      // The network brought the new page before its files were all here: nobody need be asked.
      newest.postMessage({ ask: 'activate' } satisfies ToServiceWorker);
      // Where the browser was too busy to start it for that, it waits still.
      if (newest === registration.waiting) setTimeout(look, ASK_AGAIN_MS);
    }
  };
  const watch = (worker: ServiceWorker | null) =>
    worker?.addEventListener('statechange', () => {
      if (worker.state === 'installed' || worker.state === 'activated') void look();
    });
  watch(registration.installing);
  registration.addEventListener('updatefound', () => watch(registration.installing));
  if (registration.waiting) void look();
  setInterval(() => void registration.update().catch(() => undefined), UPDATE_CHECK_MS);
}

async function applyUpdate(
  container: ServiceWorkerContainer,
  { waiting }: ServiceWorkerRegistration,
): Promise<void> {
  if (waiting) {
    const changed = new Promise<void>((resolve) => {
      container.addEventListener('controllerchange', () => resolve(), { once: true });
    });
    waiting.postMessage({ ask: 'activate' } satisfies ToServiceWorker);
    await changed;
  }
  location.reload();
}

/** Which build this page is of. */
function pageVersion(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="version"]')?.content ?? '';
}
