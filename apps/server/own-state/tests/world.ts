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
  accountId,
  ConversationKind,
  deviceId,
  LogService,
  OwnStateService,
} from '@heliogram/protocol';
import { createInProcessBus } from '../../bus/in-process.ts';
import { createConversations } from '../../conversations/index.ts';
import type { Caller, DeviceCaller } from '../../gateway/service.ts';
import { gatewayWorld, HELLO, settle } from '../../gateway/tests/gateway-world.ts';
import { nodeRuntime } from '../../node-runtime.ts';
import { openSqliteStorage } from '../../storage/sqlite/index.ts';
import { createOwnState } from '../index.ts';

export const methods = { ...LogService.method, ...OwnStateService.method };

/** A device of the account of that number. */
export function device(account: number, which = 1): DeviceCaller {
  return {
    kind: 'device',
    address: '192.0.2.7',
    account,
    accountId: accountId(account.toString(16).padStart(64, '0')),
    deviceId: deviceId((account * 100 + which).toString(16).padStart(32, '0')),
  };
}

export const anonymous: Caller = { kind: 'anonymous', address: '192.0.2.8' };

export type OwnWorld = Awaited<ReturnType<typeof ownWorld>>;

/** The rooms of logs and own state over a real database, behind a real dispatcher. */
export async function ownWorld(t: TestContext) {
  const directory = mkdtempSync(join(tmpdir(), 'heliogram-own-'));
  const storage = openSqliteStorage({ path: join(directory, 'heliogram.db') });
  const bus = createInProcessBus();
  const profiles = { profiles: async () => new Map() };
  const conversations = createConversations({ storage, bus, runtime: nodeRuntime, profiles });
  const failures: unknown[] = [];
  const ownState = createOwnState({
    storage,
    log: conversations.log,
    runtime: nodeRuntime,
    report: (_, error) => failures.push(error),
  });
  conversations.setPolicy(ConversationKind.OWN, ownState.policy);
  const services = [conversations.service, ownState.service];
  const gateway = gatewayWorld(services, { bus, rates: { take: () => undefined } });
  t.after(async () => {
    await conversations.drain();
    await storage.close();
    rmSync(directory, { recursive: true });
  });
  const call = async <M extends DescMethodUnary>(
    method: M,
    request: MessageInitShape<M['input']>,
    caller: Caller,
  ): Promise<MessageShape<M['output']>> => {
    const payload = toBinary(method.input, create(method.input, request));
    const answer = await gateway.dispatcher.call(nameOf(method), payload, { caller });
    return fromBinary(method.output, answer) as MessageShape<M['output']>;
  };
  /** Subscribes over a connection of its own; answers what came of it, and what is pushed. */
  const listen = async (conversationId: string, caller: DeviceCaller) => {
    const { link, connection } = gateway.open();
    connection.receive(HELLO);
    connection.signIn(caller);
    await settle();
    link.take();
    const { input, output } = methods.subscribe;
    const payload = toBinary(input, create(input, { subscriptions: [{ conversationId }] }));
    const context = { caller, connection };
    const answer = await gateway.dispatcher.call(nameOf(methods.subscribe), payload, context);
    const [subscribed] = fromBinary(output, answer).results;
    const seqs = () =>
      link
        .frames()
        .flatMap(({ case: kind, value }) =>
          kind === 'entry' && value.entry ? [value.entry.seq] : [],
        );
    return { subscribed, connection, seqs };
  };
  return { storage, conversations, ownState, failures, call, listen, directory };
}

const nameOf = (method: DescMethodUnary): string => `${method.parent.typeName}/${method.name}`;

let lastId = 0;

/** An entry as a client sends it. */
export function entry(change: { payload?: Uint8Array; covers?: number } = {}) {
  lastId += 1;
  const appendId = new Uint8Array(16);
  new DataView(appendId.buffer).setUint32(12, lastId);
  const { payload = new TextEncoder().encode('sealed bytes'), covers = 0 } = change;
  return { appendId, payload, targetSeq: covers };
}
