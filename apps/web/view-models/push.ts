import { useEffect, useState } from 'react';
import {
  disablePush,
  enablePush,
  hasPush,
  type PushState,
  pushState,
  renewPush,
} from '../service-worker/registration.ts';
import { type Call, useCall } from './app.tsx';
import { keptHere } from './kept.ts';

/** That the person wants notices in this browser: a subscription that the browser ended is made anew. */
const wishKey = 'notices';

export type NoticesState = PushState | 'no-server' | 'unknown';

export interface Notices {
  readonly state: NoticesState;
  readonly turn: (on: boolean) => Promise<void>;
}

/** Notices about new posts while the app is closed, in this browser. */
export function useNotices(): Notices {
  const call = useCall();
  const [state, setState] = useState<NoticesState>('unknown');
  // biome-ignore lint/correctness/useExhaustiveDependencies: how it stands is asked once.
  useEffect(() => {
    let wanted = true;
    noticesState(call).then(
      (found) => {
        if (wanted) setState(found);
      },
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, []);
  const turn = async (on: boolean) => {
    if (on) await turnOn(call);
    else await turnOff(call);
    setState(await pushState());
  };
  return { state, turn };
}

async function noticesState(call: Call): Promise<NoticesState> {
  const state = await pushState();
  if (state === 'unsupported') return state;
  const { key } = await call('pushKey', null);
  return key.length === 0 ? 'no-server' : state;
}

async function turnOn(call: Call): Promise<void> {
  const { key } = await call('pushKey', null);
  const keys = await enablePush(key);
  if (!keys) return;
  keptHere.set(wishKey, 'on');
  await call('setPush', keys);
}

async function turnOff(call: Call): Promise<void> {
  keptHere.set(wishKey, undefined);
  await call('setPush', null);
  await disablePush();
}

/** The browser takes no more pushes. Whatever it answers, it is not worth stopping for. */
export async function stopPush(): Promise<void> {
  keptHere.set(wishKey, undefined);
  await disablePush().catch(() => undefined);
}

/** How long whoever signs out waits for the server to be told. */
const patienceMs = 3_000;

/** The server wakes this browser no more, as far as it can be told now. */
export async function untellPush(call: Call): Promise<void> {
  const told = call('setPush', null).catch(() => undefined);
  await Promise.race([told, new Promise((done) => setTimeout(done, patienceMs))]);
}

/**
 * Tells the server how to wake this browser now. Browsers change and end subscriptions by themselves, and a
 * server that was set up anew has another key: where notices are wanted, they go on.
 */
export async function tellPush(call: Call): Promise<void> {
  const isWanted = keptHere.get(wishKey) === 'on' || (await hasPush());
  if (!isWanted) return;
  keptHere.set(wishKey, 'on');
  try {
    const { key } = await call('pushKey', null);
    const keys = key.length > 0 ? await renewPush(key) : undefined;
    if (keys) await call('setPush', keys);
  } catch {
    // Without a network, or where the browser refuses: tried again at the next start.
  }
}
