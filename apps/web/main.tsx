import { createRoot } from 'react-dom/client';
import { Bridge } from './bridge/bridge.ts';
import { startWorker } from './bridge/window-worker.ts';
import { AppProvider, createApp } from './view-models/app.tsx';
import { Root } from './views/root.tsx';

const place = document.getElementById('app');
if (!place) throw new Error('the page has no place for the app');
const app = createApp(new Bridge(startWorker()));
createRoot(place).render(
  <AppProvider app={app}>
    <Root />
  </AppProvider>,
);
