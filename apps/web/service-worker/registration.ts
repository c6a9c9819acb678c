import { askVersion, type ToServiceWorker, type ToWindows } from './messages.ts';
import { forgetPictures } from './pictures.ts';
import { takenOver } from './takeover.ts';

export {
  disablePush,
  enablePush,
  hasPush,
  type PushState,
  pushState,
  renewPush,
} from './push-subscription.ts';

/** Pages that stay open ask for a new version so often. */
const UPDATE_CHECK_MS = 3_600_000;
/** A message to the old version waits at most so long for the new one. */
const HOLD_BACK_MS = 15_000;
/** A pressed "Update" waits at most so long: the page that loads then asks again. */
const UPDATE_WITHIN_MS = 10_000;

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
  const tellOpened = async (language: string) => {
    await container.ready;
    await takenOver(registration.waiting, HOLD_BACK_MS);
    registration.active?.postMessage({ ask: 'opened', language } satisfies ToServiceWorker);
  };
  void tellOpened(options.language);
  return {
    applyUpdate: () => applyUpdate(registration),
    languageChanged: (language) => void tellOpened(language),
    forget: () => void forgetPictures(caches),
  };
}

function watchUpdates(registration: ServiceWorkerRegistration, onUpdateReady: () => void): void {
  let told = false;
  const look = async () => {
    // A version that waits, or one that took over when another tab changed to it.
    const newest = registration.waiting ?? registration.active;
    if (told || !newest) return;
    const version = await askVersion((message, ports) => newest.postMessage(message, ports));
    if (told) return;
    if (version !== pageVersion()) {
      told = true;
      onUpdateReady();
    } else if (newest.state === 'installed') {
      // The network brought the new page before all of its files, so the person has the new version already.
      await pageLoaded();
      newest.postMessage({ ask: 'activate' } satisfies ToServiceWorker);
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

async function applyUpdate({ waiting }: ServiceWorkerRegistration): Promise<void> {
  waiting?.postMessage({ ask: 'activate' } satisfies ToServiceWorker);
  await takenOver(waiting, UPDATE_WITHIN_MS);
  location.reload();
}

/** The old version gives this page its files, and must be idle when the new one takes over. */
async function pageLoaded(): Promise<void> {
  if (document.readyState === 'complete') return;
  await new Promise((resolve) => addEventListener('load', resolve, { once: true }));
}

/** Which build this page is of. */
function pageVersion(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="version"]')?.content ?? '';
}
