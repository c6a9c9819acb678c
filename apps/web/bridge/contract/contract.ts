import type { ChatsCommands, ChatsWatches } from './chats.ts';
import type { DeviceCommands } from './device.ts';
import type { LogCommands, LogWatches } from './log.ts';
import type { ManagementCommands } from './management.ts';
import type { PublishingCommands, PublishingWatches } from './publishing.ts';
import type { SessionCommands, SessionWatches } from './session.ts';

/**
 * All that a window asks of the worker. Everything here can be cloned between threads, and nothing of
 * it knows the wire, the store or the view library.
 */
export type Commands = SessionCommands &
  ChatsCommands &
  LogCommands &
  PublishingCommands &
  ManagementCommands &
  DeviceCommands;

/** What a window watches: the first event is the state, each later one what became of it. */
export type Watches = SessionWatches & ChatsWatches & LogWatches & PublishingWatches;

export type CommandName = keyof Commands;
export type WatchName = keyof Watches;
