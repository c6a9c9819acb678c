import { useEffect, useState } from 'react';
import {
  disablePush,
  enablePush,
  type PushState,
  pushState,
  subscribedPush,
} from '../service-worker/registration.ts';
import { type Call, useCall } from './app.tsx';

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
  if (keys) await call('setPush', keys);
}

async function turnOff(call: Call): Promise<void> {
  await call('setPush', null);
  await disablePush();
}

/** The browser takes no more pushes. Whatever it answers, it is not worth stopping for. */
export async function stopPush(): Promise<void> {
  await disablePush().catch(() => undefined);
}

/** How long whoever signs out waits for the server to be told. */
const patienceMs = 3_000;

/** The server wakes this browser no more, as far as it can be told now. */
export async function untellPush(call: Call): Promise<void> {
  const told = call('setPush', null).catch(() => undefined);
  await Promise.race([told, new Promise((done) => setTimeout(done, patienceMs))]);
}

/** Tells the server how to wake this browser now: browsers change it by themselves. */
export async function tellPush(call: Call): Promise<void> {
  const keys = await subscribedPush();
  if (keys) await call('setPush', keys).catch(() => undefined);
}
