import '../../../../design/tokens.css';
import '../../../../design/base.css';
import { createElement as h } from 'react';
import { createRoot } from 'react-dom/client';
import { Bridge } from '../../../../bridge/bridge.ts';
import { LiveRegion } from '../../../../design/live-region.tsx';
import { Toasts } from '../../../../design/toast.tsx';
import { TooltipLayer } from '../../../../design/tooltip-layer.tsx';
import { LanguageProvider } from '../../../../language/language.tsx';
import { loadLanguage } from '../../../../language/languages.ts';
import { useAnnouncement } from '../../../../view-models/announcer.ts';
import { AppProvider } from '../../../../view-models/app.tsx';
import { createApp } from '../../../../view-models/beginning.ts';
import { usePlace } from '../../../../view-models/place.ts';
import { toasts } from '../../../../view-models/toasts.ts';
import { ChannelScreen } from '../../channel-screen.tsx';
import { conversationId, FakeWorker, type Scenario } from './fake-worker.ts';

const asked = new URLSearchParams(location.search);
const language = await loadLanguage(asked.get('lang') ?? 'en');
const material = await (await fetch('/fake/material.json')).json();
const scenario: Scenario = {
  role: (asked.get('role') ?? 'subscriber') as Scenario['role'],
  posts: Number(asked.get('posts') ?? 300),
  unread: Number(asked.get('unread') ?? 0),
  delayMs: Number(asked.get('delay') ?? 10),
  title: asked.get('title') ?? 'Ubuntu, day by day',
};
const worker = new FakeWorker(scenario, material);
Object.assign(globalThis, { worker });

document.documentElement.lang = language.code;
document.documentElement.dir = language.direction;
document.documentElement.dataset['theme'] = asked.get('theme') ?? 'light';

function Spoken() {
  return h(LiveRegion, { text: useAnnouncement() });
}

function Page() {
  const place = usePlace();
  const seq = place.at === 'chat' ? place.seq : undefined;
  return h('main', { style: { blockSize: '100dvh' } }, h(ChannelScreen, { conversationId, seq }));
}

const root = document.getElementById('app');
if (!root) throw new Error('the page has no place for the app');
const inLanguage = {
  language,
  children: [
    h(Page, { key: 'page' }),
    h(Spoken, { key: 'spoken' }),
    h(TooltipLayer, { key: 'tips' }),
    h(Toasts, { key: 'toasts', queue: toasts, label: 'Notices', closeLabel: 'Close' }),
  ],
};
const inApp = { app: createApp(new Bridge(worker)), children: h(LanguageProvider, inLanguage) };
createRoot(root).render(h(AppProvider, inApp));
