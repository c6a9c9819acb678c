import type { ConversationLog } from '../conversations/log.ts';
import type { Runtime } from '../runtime.ts';
import type { Storage } from '../storage/port.ts';

export type OwnStateOptions = {
  readonly storage: Storage;
  readonly log: ConversationLog;
  readonly runtime: Runtime;
  /** Work that nobody waits for failed. */
  readonly report: (what: string, error: unknown) => void;
};
