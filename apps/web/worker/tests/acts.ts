import { randomBytes } from 'node:crypto';
import type { LogEvent, LogFrame, PostView } from '../../bridge/contract/log.ts';
import type { Tab } from './world.ts';

export const newId = () => randomBytes(16).toString('hex');

export async function signUp({ bridge }: Tab, name: string) {
  return bridge.call('signUp', { name, deviceName: 'test' });
}

export function signedIn(tab: Tab) {
  return tab.until('session', null, (view) => view.phase === 'signed-in' && view.me.name !== '');
}

export async function newChannel({ bridge }: Tab, title: string, username = ''): Promise<string> {
  const channel = { title, description: '', username, unlisted: username === '' };
  return (await bridge.call('createChannel', channel)).conversationId;
}

export async function post({ bridge }: Tab, conversationId: string, text: string): Promise<void> {
  await bridge.call('postDraft', { id: newId(), conversationId, text, silent: false });
}

/** Follows a log and keeps what it shows. */
export function watchLog({ bridge }: Tab, conversationId: string) {
  const posts = new Map<number, PostView>();
  const events: LogEvent[] = [];
  const waiting = new Set<() => void>();
  const watch = bridge.watch('log', { conversationId, at: { kind: 'unread' } }, (event) => {
    events.push(event);
    if (event.kind === 'opened') posts.clear();
    if (event.kind === 'opened') for (const each of event.posts) posts.set(each.seq, each);
    if (event.kind === 'changed') {
      for (const each of event.upserted) posts.set(each.seq, each);
      for (const seq of event.removed) posts.delete(seq);
    }
    for (const look of waiting) look();
  });
  const until = (holds: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = () => {
        if (!holds()) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  const texts = () => [...posts.values()].map(({ text }) => text);
  const outgoing = (): LogFrame['outgoing'] => {
    const last = events.at(-1);
    return last && 'frame' in last ? last.frame.outgoing : [];
  };
  return { posts, events, until, watch, texts, outgoing };
}
