import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { ConversationKind, EntryKind } from '@heliogram/protocol';
import { createInProcessBus } from '../../apps/server/bus/in-process.ts';
import { createConversations } from '../../apps/server/conversations/index.ts';
import type { Conversation } from '../../apps/server/conversations/policy.ts';
import { nodeRuntime } from '../../apps/server/node-runtime.ts';
import { openSqliteStorage } from '../../apps/server/storage/sqlite/index.ts';

const PAYLOAD = new Uint8Array(300).fill(65);

/** The log with group commit and delivery as the server wires them, without a gateway or a policy's checks. */
export async function openLog(directory: string, conversations: number) {
  const storage = openSqliteStorage({ path: join(directory, 'heliogram.db') });
  const room = createConversations({
    storage,
    bus: createInProcessBus(),
    runtime: nodeRuntime,
    profiles: { profiles: async () => new Map() },
  });
  const refuse = async () => {
    throw new Error('the bench asks no policy');
  };
  room.setPolicy(ConversationKind.CHANNEL, {
    mayRead: async () => undefined,
    admit: refuse,
    mayRedact: refuse,
    maySignal: refuse,
    mayAcknowledge: refuse,
    joinedAt: refuse,
    appended: () => undefined,
    marksMoved: async () => undefined,
    counters: async () => new Map(),
    list: async () => [],
  });
  return { storage, room, conversations: await addConversations(storage, room.log, conversations) };
}

async function addConversations(
  storage: ReturnType<typeof openSqliteStorage>,
  log: ReturnType<typeof createConversations>['log'],
  count: number,
): Promise<readonly Conversation[]> {
  const made: Conversation[] = [];
  for (let index = 0; index < count; index += 1) {
    const id = randomBytes(16).toString('hex');
    await storage.db
      .insertInto('conversations')
      .values({ conversation_id: id, kind: ConversationKind.CHANNEL, created_at: Date.now() })
      .execute();
    const conversation = await log.find(id);
    if (conversation) made.push(conversation);
  }
  return made;
}

let made = 0;

/** An entry as a client sends it, with an append id that grows like a time-ordered one. */
export function newEntry() {
  const appendId = new Uint8Array(16);
  made += 1;
  new DataView(appendId.buffer).setFloat64(0, Date.now() + made / 1e6);
  new DataView(appendId.buffer).setUint32(12, made);
  return {
    kind: EntryKind.POST,
    author: 1,
    appendId,
    payload: PAYLOAD,
    silent: false,
    signed: false,
    targetSeq: 0,
  };
}
