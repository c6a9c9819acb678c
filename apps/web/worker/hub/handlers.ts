import type { CommandName, Commands, Watches, WatchName } from '../../bridge/contract/contract.ts';

export type CommandHandler<Name extends CommandName> = (
  args: Commands[Name]['args'],
) => Promise<Commands[Name]['result']>;

export type CommandHandlers = { readonly [Name in CommandName]: CommandHandler<Name> };

export interface Watching<Tell> {
  tell?(tell: Tell): void;
  end(): void;
}

/** Emits the state at once or soon, then what becomes of it, until ended. */
export type WatchHandler<Name extends WatchName> = (
  args: Watches[Name]['args'],
  emit: (event: Watches[Name]['event']) => void,
) => Watching<Watches[Name]['tell']>;

export type WatchHandlers = { readonly [Name in WatchName]: WatchHandler<Name> };

export interface Handlers {
  readonly commands: Partial<CommandHandlers>;
  readonly watches: Partial<WatchHandlers>;
}
