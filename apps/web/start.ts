import { Bridge } from './bridge/bridge.ts';
import { startWorker } from './bridge/window-worker.ts';
import { type App, askEarly, createApp } from './view-models/beginning.ts';
import { parsePlace } from './view-models/place.ts';
import { wasRead } from './view-models/way-back.ts';
import { preloadChannelScreen } from './views/shell/channel-place.tsx';

const broken = Promise.withResolvers<void>();

/** Resolves when the worker did not come so far as to say anything. */
export const workerBroke: Promise<void> = broken.promise;

/**
 * The worker is at work and asked for the first screen while what draws it is still on its way: the page runs
 * this before everything else. Undefined where browsers give no keys, files and locks: they give them to pages
 * over HTTPS, or of the machine itself, only.
 */
export const app: App | undefined = isSecureContext ? begin() : undefined;

function begin(): App {
  const begun = createApp(new Bridge(startWorker(broken.resolve)));
  const place = parsePlace(location.hash);
  askEarly(begun, place, { onLeave, wasRead: wasRead() });
  if (place.at === 'name' || place.at === 'chat') preloadChannelScreen();
  return begun;
}

function onLeave(left: () => void): void {
  for (const move of ['popstate', 'hashchange']) addEventListener(move, left, { once: true });
}
