import { useSyncExternalStore } from 'react';
import { scriptUrl } from '../bridge/trusted-scripts.ts';
import { type AppRegistration, registerServiceWorker } from '../service-worker/registration.ts';
import type { Call } from './app.tsx';
import { preferences } from './preferences.ts';
import { tellPush } from './push.ts';

let registration: AppRegistration | undefined;
let updateReady = false;
const listeners = new Set<() => void>();

/** Makes the app work without a network, and watches for new versions. Absent while developing. */
export async function installApp(call: Call): Promise<void> {
  if (import.meta.env.DEV) return;
  registration = await registerServiceWorker({
    scriptUrl: scriptUrl('/service-worker.js'),
    language: preferences.current().language,
    onUpdateReady: () => {
      updateReady = true;
      for (const listener of listeners) listener();
    },
    onPushChanged: () => void tellPush(call),
  });
  preferences.subscribe(() => registration?.languageChanged(preferences.current().language));
}

/** Whether another version of the app is whole and waits. */
export function useUpdateReady(): boolean {
  return useSyncExternalStore(subscribe, () => updateReady);
}

export function takeUpdate(): void {
  if (registration) registration.applyUpdate().catch(() => location.reload());
  else location.reload();
}

/** Pictures of whoever signed out leave the caches. */
export function forgetPictures(): void {
  registration?.forget();
}

function subscribe(changed: () => void): () => void {
  listeners.add(changed);
  return () => listeners.delete(changed);
}
