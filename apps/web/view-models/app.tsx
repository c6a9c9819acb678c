import { createContext, type ReactNode, use, useSyncExternalStore } from 'react';
import type { Bridge } from '../bridge/bridge.ts';
import type { CommandName, Commands, Watches, WatchName } from '../bridge/contract/contract.ts';
import { Downloads } from './downloads.ts';
import { saveFile } from './saving.ts';
import { WatchedStates } from './watched.ts';

/** What every view-model stands on. */
export interface App {
  readonly bridge: Bridge;
  readonly watched: WatchedStates;
  readonly downloads: Downloads;
}

export function createApp(bridge: Bridge): App {
  const downloads = new Downloads({ fetch, now: () => performance.now(), save: saveFile });
  return { bridge, watched: new WatchedStates(bridge), downloads };
}

const AppContext = createContext<App | null>(null);

export function AppProvider({
  app,
  children,
}: {
  readonly app: App;
  readonly children: ReactNode;
}) {
  return <AppContext value={app}>{children}</AppContext>;
}

export function useApp(): App {
  const app = use(AppContext);
  if (!app) throw new Error('a view stands outside of AppProvider');
  return app;
}

/** The state of a watch; undefined until it is known. Views of the same thing share one watch. */
export function useWatch<Name extends Exclude<WatchName, 'log'>>(
  name: Name,
  args: Watches[Name]['args'],
): Watches[Name]['event'] | undefined {
  const watched = useApp().watched.of(name, args);
  return useSyncExternalStore(watched.subscribe, watched.current);
}

export type Call = <Name extends CommandName>(
  name: Name,
  args: Commands[Name]['args'],
) => Promise<Commands[Name]['result']>;

/** Runs commands; rejects with `CommandError`. */
export function useCall(): Call {
  const { bridge } = useApp();
  return (name, args) => bridge.call(name, args);
}
