import { MemoryChats } from './memory/memory-chats.ts';
import { MemoryEntries } from './memory/memory-entries.ts';
import { MemoryOutbox } from './memory/memory-outbox.ts';
import { MemoryOwnState } from './memory/memory-own-state.ts';
import { MemoryRecords } from './memory/memory-records.ts';
import type { ClientStore } from './port.ts';

/** A store that lives as long as its process. */
export function createMemoryStore(): ClientStore {
  const outbox = new MemoryOutbox();
  const records = new MemoryRecords();
  const entries = new MemoryEntries();
  const chats = new MemoryChats();
  const ownState = new MemoryOwnState();
  const clearCache = async () => {
    entries.clear();
    chats.clear();
    records.clear('profile');
  };
  return {
    outbox,
    records,
    entries,
    chats,
    ownState,
    persistent: false,
    clearCache,
    wipe: async () => {
      await clearCache();
      chats.clearLocals();
      ownState.clear();
      outbox.clear();
      records.clear();
    },
    compact: async () => {
      // What was removed is nowhere.
    },
    close: async () => {
      // Nothing is held.
    },
  };
}
