import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import {
  create,
  type DescMethodUnary,
  fromBinary,
  type MessageInitShape,
  type MessageShape,
  toBinary,
} from '@bufbuild/protobuf';
import {
  ConversationKind,
  conversationId,
  EntryKind,
  LogService,
  ValidationError,
} from '@heliogram/protocol';
import { createInProcessBus } from '../../bus/in-process.ts';
import type { Caller, DeviceCaller } from '../../gateway/service.ts';
import { gatewayWorld, HELLO, settle, someDevice } from '../../gateway/tests/gateway-world.ts';
import { nodeRuntime } from '../../node-runtime.ts';
import type { StoredEntry } from '../../storage/port.ts';
import { openSqliteStorage } from '../../storage/sqlite/index.ts';
import { createConversations } from '../index.ts';
import type { LogQuotaLimits } from '../log-quota.ts';
import type { Conversation, ConversationPolicy, MarkMove } from '../policy.ts';

export const methods = LogService.method;
export const reader: DeviceCaller = someDevice;

/** Lets everybody do everything, except those whom a test turns away. */
class OpenPolicy implements ConversationPolicy {
  readonly turnedAway = new Set<Caller>();
  readonly moves: MarkMove[] = [];
  readonly told: number[] = [];

  async mayRead(caller: Caller): Promise<void> {
    if (this.turnedAway.has(caller)) {
      throw new ValidationError('not_found', 'conversation not found');
    }
  }

  async admit(caller: DeviceCaller, _: Conversation, entries: readonly unknown[]) {
    await this.mayRead(caller);
    return entries.map(
      () => ({ kind: 'admitted', entryKind: EntryKind.POST, signed: false }) as const,
    );
  }

  async mayRedact(caller: DeviceCaller): Promise<Uint8Array | null> {
    await this.mayRead(caller);
    return null;
  }

  maySignal(caller: DeviceCaller): Promise<void> {
    return this.mayRead(caller);
  }

  mayAcknowledge(caller: DeviceCaller): Promise<void> {
    return this.mayRead(caller);
  }

  async joinedAt(): Promise<number> {
    return 0;
  }

  appended(_: Conversation, entries: readonly StoredEntry[]): void {
    for (const { seq } of entries) this.told.push(seq);
  }

  async marksMoved(_: unknown, moves: readonly MarkMove[]): Promise<void> {
    this.moves.push(...moves);
  }

  async counters() {
    return new Map();
  }

  async list() {
    return [];
  }
}

export type ConversationsWorld = Awaited<ReturnType<typeof conversationsWorld>>;

/** The log room over a real database, behind a real dispatcher and real connections. */
export async function conversationsWorld(
  t: TestContext,
  options: { readonly quota?: LogQuotaLimits } = {},
) {
  const directory = mkdtempSync(join(tmpdir(), 'heliogram-log-'));
  const storage = openSqliteStorage({ path: join(directory, 'heliogram.db') });
  const bus = createInProcessBus();
  const policy = new OpenPolicy();
  const profiles = {
    profiles: async (accounts: readonly number[]) =>
      new Map(accounts.map((account) => [account, { name: `account ${account}` }])),
  };
  const conversations = createConversations({
    storage,
    bus,
    runtime: nodeRuntime,
    profiles,
    ...options,
  });
  conversations.setPolicy(ConversationKind.CHANNEL, policy);
  const gateway = gatewayWorld([conversations.service], { bus, rates: { take: () => undefined } });
  t.after(async () => {
    await conversations.drain();
    await storage.close();
    rmSync(directory, { recursive: true });
  });
  let ids = 0;
  const appendId = () => {
    ids += 1;
    const id = new Uint8Array(16);
    new DataView(id.buffer).setUint32(12, ids);
    return id;
  };
  const conversation = async (): Promise<Conversation> => {
    const id = Buffer.from(appendId()).toString('hex');
    await storage.db
      .insertInto('conversations')
      .values({ conversation_id: id, kind: ConversationKind.CHANNEL, created_at: 1 })
      .execute();
    const found = await conversations.log.find(conversationId(id));
    if (!found) throw new Error('it was just made');
    return found;
  };
  const post = (words: string) => ({
    kind: EntryKind.POST,
    author: reader.account,
    appendId: appendId(),
    payload: new TextEncoder().encode(words),
    silent: false,
    signed: false,
    targetSeq: 0,
  });
  const call = async <M extends DescMethodUnary>(
    method: M,
    request: MessageInitShape<M['input']>,
    caller: Caller = reader,
  ): Promise<MessageShape<M['output']>> => {
    const payload = toBinary(method.input, create(method.input, request));
    const answer = await gateway.dispatcher.call(nameOf(method), payload, { caller });
    return fromBinary(method.output, answer) as MessageShape<M['output']>;
  };
  /** A greeted connection and the calls that act on it. */
  const connect = async (caller: DeviceCaller = reader) => {
    const { link, connection } = gateway.open();
    connection.receive(HELLO);
    connection.signIn(caller);
    await settle();
    link.take();
    const subscribe = async (
      ...subscriptions: MessageInitShape<typeof methods.subscribe.input>['subscriptions'] & object
    ) => {
      const { input, output } = methods.subscribe;
      const payload = toBinary(input, create(input, { subscriptions }));
      const context = { caller, connection };
      const answer = await gateway.dispatcher.call(nameOf(methods.subscribe), payload, context);
      return fromBinary(output, answer).results;
    };
    return { link, connection, subscribe };
  };
  return {
    storage,
    bus,
    policy,
    conversations,
    gateway,
    appendId,
    conversation,
    post,
    call,
    connect,
  };
}

const nameOf = (method: DescMethodUnary): string => `${method.parent.typeName}/${method.name}`;
