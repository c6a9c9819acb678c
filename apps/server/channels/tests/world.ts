import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  create,
  type DescMethodUnary,
  type MessageInitShape,
  type MessageShape,
} from '@bufbuild/protobuf';
import {
  type Attachment,
  accountUri,
  composeEdit,
  composePost,
  conversationUri,
  decodeContent,
  encodeContent,
  type ForwardedFrom,
  messageIdOf,
} from '@heliogram/content';
import {
  accountId,
  type ChannelSettings,
  ChannelSettingsSchema,
  type ChannelsService,
  ConversationKind,
  checkLimits,
  deviceId,
  HeliogramError,
  type LogService,
} from '@heliogram/protocol';
import { createInProcessBus } from '../../bus/in-process.ts';
import { createConversations } from '../../conversations/index.ts';
import type { ProfileSource } from '../../conversations/policy.ts';
import type { BoundService, Caller, DeviceCaller } from '../../gateway/service.ts';
import type { Storage } from '../../storage/port.ts';
import { openSqliteStorage } from '../../storage/sqlite/index.ts';
import { newAppendId } from '../append-ids.ts';
import { createChannels } from '../index.ts';
import { FakeMedia, FakeSearch } from './fake-rooms.ts';
import { FakeRuntime } from './fake-runtime.ts';

export const START = Date.parse('2026-11-23T12:00:30Z');
const INTERVAL_MS = 60_000;

type ChannelMethods = (typeof ChannelsService)['method'];
type LogMethods = (typeof LogService)['method'];
type Input<M> = M extends DescMethodUnary<infer I> ? MessageInitShape<I> : never;
type Output<M> = M extends DescMethodUnary<infer _I, infer O> ? MessageShape<O> : never;

export const anonymous: Caller = { kind: 'anonymous', address: '192.0.2.1' };

/** The rooms of channels and conversations over a real database, with a clock of one's own. */
export class World {
  readonly directory: string;
  readonly runtime: FakeRuntime;
  readonly media = new FakeMedia();
  readonly search = new FakeSearch();
  readonly reports: unknown[] = [];
  readonly profiles: ProfileSource;
  storage: Storage;
  rooms: ReturnType<World['open']>;
  #accounts = 0;

  constructor(seed = 1) {
    this.directory = mkdtempSync(join(tmpdir(), 'channels-'));
    this.runtime = new FakeRuntime({ now: START, seed });
    this.profiles = { profiles: (accounts) => this.#profiles(accounts) };
    this.storage = openSqliteStorage({ path: join(this.directory, 'heliogram.db') });
    this.rooms = this.open();
  }

  /** New rooms over the storage of now, not yet started. */
  open() {
    const { storage, runtime, profiles, media, search } = this;
    const bus = createInProcessBus();
    const conversations = createConversations({ storage, bus, runtime, profiles });
    const { log, notices } = conversations;
    const channels = createChannels({
      storage,
      log,
      notices,
      runtime,
      profiles,
      media,
      search,
      subscriberCountIntervalMs: INTERVAL_MS,
      report: (what, error) => this.reports.push({ what, error }),
    });
    conversations.setPolicy(ConversationKind.CHANNEL, channels.policy);
    return { bus, conversations, channels };
  }

  get channels() {
    return this.rooms.channels;
  }

  /** As after `kill -9`: nothing of the old rooms is waited for, the file is opened again. */
  async restart(): Promise<void> {
    await this.storage.close();
    this.storage = openSqliteStorage({ path: join(this.directory, 'heliogram.db') });
    this.rooms = this.open();
    await this.channels.start();
  }

  async close(): Promise<void> {
    await this.channels.stop();
    await this.rooms.conversations.drain();
    await this.storage.close();
    rmSync(this.directory, { recursive: true });
  }

  async account(name = ''): Promise<DeviceCaller> {
    this.#accounts += 1;
    const id = randomBytes(32).toString('hex');
    const row = await this.storage.db
      .insertInto('accounts')
      .values({
        account_id: id,
        identity_key: randomBytes(32),
        name: name || `account ${this.#accounts}`,
        username: null,
        bio: '',
        avatar_media_id: '',
        created_at: this.runtime.now(),
        invited_by: null,
        suspended_reason: null,
        invites_left: 0,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return {
      kind: 'device',
      address: '192.0.2.2',
      account: row.id,
      accountId: accountId(id),
      deviceId: deviceId(randomBytes(16).toString('hex')),
    };
  }

  call<N extends keyof ChannelMethods>(
    name: N,
    caller: Caller,
    request: Input<ChannelMethods[N]>,
  ): Promise<Output<ChannelMethods[N]>> {
    return dispatch(this.channels.service, { name, caller, request });
  }

  log<N extends keyof LogMethods>(
    name: N,
    caller: Caller,
    request: Input<LogMethods[N]>,
  ): Promise<Output<LogMethods[N]>> {
    return dispatch(this.rooms.conversations.service, { name, caller, request });
  }

  async channel(
    owner: DeviceCaller,
    request: { title?: string; username?: string; settings?: Settings } = {},
  ): Promise<{ id: string; token: string }> {
    const { settings = {}, ...rest } = request;
    const wanted = {
      title: 'Sunlight',
      ...rest,
      settings: create(ChannelSettingsSchema, settings),
    };
    const { channel, inviteToken } = await this.call('createChannel', owner, wanted);
    return { id: channel?.conversationId ?? '', token: inviteToken };
  }

  /** Payload of a post, or of an edit with `replaces`; unsigned unless `by` signs it. */
  payload(conversationId: string, { by, text = 'words', replaces, ...rest }: Content): Uint8Array {
    const input = {
      salt: this.runtime.randomBytes(16),
      senderUri: by ? accountUri(by.accountId) : conversationUri(conversationId),
      roomUri: conversationUri(conversationId),
      text,
      ...rest,
    };
    return encodeContent(replaces ? composeEdit({ ...input, replaces }) : composePost(input));
  }

  /** Appends one payload; answers its seq, or throws an error with the code of its refusal. */
  async append(caller: Caller, conversationId: string, entry: Entry): Promise<number> {
    const entries = [{ appendId: newAppendId(this.runtime), ...entry }];
    const { results } = await this.log('append', caller, { conversationId, entries });
    const outcome = results[0]?.outcome;
    if (outcome?.case === 'appended') return outcome.value.seq;
    throw Object.assign(new Error(outcome?.value?.message), { code: outcome?.value?.code });
  }

  async post(caller: Caller, conversationId: string, content: Content = {}): Promise<number> {
    const { targetSeq = 0, ...rest } = content;
    const payload = this.payload(conversationId, rest);
    return this.append(caller, conversationId, { payload, targetSeq });
  }

  /** Edits the post at `seq` to say `text`. */
  async edit(caller: Caller, conversationId: string, content: Content & { seq: number }) {
    const { seq, ...rest } = content;
    const replaces = await this.messageId(conversationId, seq);
    return this.post(caller, conversationId, { replaces, targetSeq: seq, ...rest });
  }

  async messageId(conversationId: string, seq: number): Promise<Uint8Array> {
    const conversation = await this.rooms.conversations.log.find(conversationId);
    const entry = await this.storage.log.entry(conversation?.id ?? 0, seq);
    const payload = entry?.payload ?? new Uint8Array();
    return messageIdOf(decodeContent(payload), payload);
  }

  async row(conversationId: string): Promise<number> {
    return (await this.rooms.conversations.log.find(conversationId))?.id ?? 0;
  }

  /** Lets time pass, and everything finish that it brings. */
  advance(ms: number): Promise<void> {
    return this.runtime.advance(ms, () => this.settle());
  }

  leap(ms: number): Promise<void> {
    return this.runtime.leap(ms, () => this.settle());
  }

  /** Acknowledges, and lets the mark be written. */
  async acknowledge(caller: Caller, conversationId: string, seq: number): Promise<void> {
    const done = this.log('acknowledge', caller, { marks: [{ conversationId, seq }] });
    await this.settle();
    await this.advance(25);
    await done;
  }

  async settle(): Promise<void> {
    for (let round = 0; round < 20; round += 1) {
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
  }

  async #profiles(accounts: readonly number[]) {
    if (accounts.length === 0) return new Map();
    const rows = await this.storage.db
      .selectFrom('accounts')
      .select(['id', 'account_id', 'name'])
      .where('id', 'in', accounts)
      .execute();
    return new Map(rows.map((row) => [row.id, { accountId: row.account_id, name: row.name }]));
  }
}

type Settings = Partial<Omit<ChannelSettings, '$typeName' | '$unknown'>>;
type Entry = { payload: Uint8Array; targetSeq?: number; silent?: boolean; appendId?: Uint8Array };

export type Content = {
  readonly text?: string;
  readonly by?: DeviceCaller;
  readonly targetSeq?: number;
  readonly replaces?: Uint8Array;
  readonly replyTo?: Uint8Array;
  readonly forwardedFrom?: ForwardedFrom;
  readonly attachments?: readonly Attachment[];
};

/** The code of the refusal, or 'ok'. */
export async function codeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'ok';
  } catch (error) {
    if (error instanceof HeliogramError) return error.code;
    if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
      return error.code;
    }
    throw error;
  }
}

/** As the gateway does it: the contract's limits, then the handler. */
async function dispatch<O>(
  bound: BoundService,
  call: { readonly name: string; readonly caller: Caller; readonly request: object },
): Promise<O> {
  const method = bound.service.method[call.name];
  const handler = bound.handlers[call.name];
  if (!method || !handler) throw new Error(`no method ${call.name}`);
  const request = create(method.input, { ...call.request });
  checkLimits(method.input, request);
  const response = await handler(request, { caller: call.caller });
  return create(method.output, response) as O;
}
