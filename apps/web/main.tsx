import './design/tokens.css';
import './design/base.css';
import { createRoot } from 'react-dom/client';
import { Bridge } from './bridge/bridge.ts';
import { startWorker } from './bridge/window-worker.ts';
import { loadLanguage } from './language/languages.ts';
import { AppProvider, createApp } from './view-models/app.tsx';
import {
  applyLanguage,
  followPreferences,
  languageOf,
  preferences,
} from './view-models/preferences.ts';
import { Root } from './views/root.tsx';

followPreferences(document.documentElement);
const app = createApp(new Bridge(startWorker()));

async function begin(): Promise<void> {
  const place = document.getElementById('app');
  if (!place) throw new Error('the page has no place for the app');
  const language = await loadLanguage(languageOf(preferences.current()));
  applyLanguage(document.documentElement, language);
  createRoot(place).render(
    <AppProvider app={app}>
      <Root firstLanguage={language} />
    </AppProvider>,
  );
}

begin().catch(reportError);
// Nothing waits for it: it may come after what is shown first.
addEventListener('load', () => setTimeout(install, 1_000));

function install(): void {
  import('./view-models/installed-app.ts')
    .then(({ installApp }) => installApp((name, args) => app.bridge.call(name, args)))
    .catch(reportError);
}
