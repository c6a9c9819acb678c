import './design/tokens.css';
import './design/base.css';
import { createRoot } from 'react-dom/client';
import { keepInputMethodKeys } from './design/input-method.ts';
import { loadLanguage } from './language/languages.ts';
import { app, workerBroke } from './start.ts';
import { AppProvider } from './view-models/app.tsx';
import type { App } from './view-models/beginning.ts';
import { onPlaceChange } from './view-models/place.ts';
import {
  applyLanguage,
  followPreferences,
  languageOf,
  preferences,
} from './view-models/preferences.ts';
import { keepTrail } from './view-models/way-back.ts';
import { Root } from './views/root.tsx';

followPreferences(document.documentElement);
keepInputMethodKeys(window);
keepTrail();
onPlaceChange(keepTrail);

async function begin(): Promise<void> {
  const place = document.getElementById('app');
  if (!place) throw new Error('the page has no place for the app');
  const language = await loadLanguage(languageOf(preferences.current()));
  applyLanguage(document.documentElement, language);
  const root = createRoot(place);
  if (!app) {
    const { InsecureAddress } = await import('./views/shell/insecure-address.tsx');
    return root.render(<InsecureAddress texts={language.texts.shell} />);
  }
  root.render(
    <AppProvider app={app}>
      <Root firstLanguage={language} />
    </AppProvider>,
  );
  await workerBroke;
  const { BlockedBrowser } = await import('./views/shell/blocked-browser.tsx');
  root.render(<BlockedBrowser texts={language.texts} what="app" />);
}

begin().catch(reportError);
// Nothing waits for it: it may come after what is shown first.
if (app) addEventListener('load', () => setTimeout(install, 1_000, app));

function install(app: App): void {
  import('./view-models/installed-app.ts')
    .then(({ installApp }) => installApp((name, args) => app.bridge.call(name, args)))
    .catch(reportError);
}
