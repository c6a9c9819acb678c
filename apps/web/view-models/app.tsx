import { createContext, type ReactNode, use, useSyncExternalStore } from 'react';
import type { CommandName, Commands, Watches, WatchName } from '../bridge/contract/contract.ts';
import type { App } from './beginning.ts';

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
