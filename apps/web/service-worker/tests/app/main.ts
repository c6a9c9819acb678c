import { scriptUrl } from '../../../bridge/trusted-scripts.ts';
import {
  type AppRegistration,
  enablePush,
  pushState,
  registerServiceWorker,
} from '../../registration.ts';

const word: string = import.meta.env['VITE_WORD'] ?? '';
let registration: AppRegistration | undefined;

/** What the test sees and asks for. */
export const testedApp = {
  word,
  updateReady: false,
  late: async () => (await import('./late.ts')).late,
  applyUpdate: () => registration?.applyUpdate(),
  languageChanged: (language: string) => registration?.languageChanged(language),
  pushState,
  enablePush,
};

declare global {
  var app: typeof testedApp;
}

globalThis.app = testedApp;
document.querySelector('output')?.replaceChildren(word);
registration = await registerServiceWorker({
  scriptUrl: scriptUrl('/service-worker.js'),
  language: '',
  onUpdateReady: () => {
    testedApp.updateReady = true;
  },
  onPushChanged: () => undefined,
});
