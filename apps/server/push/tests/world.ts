import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { accountId, conversationId, type DeviceId, deviceId, EntryKind } from '@heliogram/protocol';
import { FakeRuntime } from '../../channels/tests/fake-runtime.ts';
import { LiveDevices } from '../../gateway/live-devices.ts';
import type { DeviceCaller } from '../../gateway/service.ts';
import type { Storage, StoredEntry } from '../../storage/port.ts';
import { openSqliteStorage } from '../../storage/sqlite/index.ts';
import { createPushRoom } from '../index.ts';
import type { PushOptions } from '../options.ts';
import { Browser, PushService, trusted } from './push-service.ts';

const START = Date.UTC(2026, 10, 26);

/** The room over a real database and a push service over real https, with a clock of one's own. */
export class World {
  readonly runtime = new FakeRuntime({ now: START, seed: 7 });
  readonly live = new LiveDevices();
  readonly outcomes: string[] = [];
  readonly logged: unknown[] = [];
  readonly service: PushService;
  readonly file: string;
  storage: Storage;
  room: ReturnType<typeof createPushRoom>;
  #rows = 0;

  constructor(service: PushService, file: string, reach: PushOptions['reach']) {
    this.service = service;
    this.file = file;
    this.storage = openSqliteStorage({ path: file });
    this.room = this.open(reach);
  }

  static async open(t: TestContext, reach: PushOptions['reach'] = 'any'): Promise<World> {
    const directory = mkdtempSync(join(tmpdir(), 'heliogram-push-'));
    const service = await PushService.start(t);
    const world = new World(service, join(directory, 'heliogram.db'), reach);
    await world.room.start();
    t.after(async () => {
      await world.room.stop();
      await world.storage.close();
      rmSync(directory, { recursive: true });
    });
    return world;
  }

  open(reach: PushOptions['reach'] = 'any') {
    const said = (...words: unknown[]) => void this.logged.push(words);
    return createPushRoom({
      storage: this.storage,
      runtime: this.runtime,
      log: { info: said, warn: said, error: said },
      telemetry: { pushed: (outcome) => void this.outcomes.push(outcome) },
      live: this.live,
      reach,
      contact: () => 'https://hill.example',
      trusted,
    });
  }

  /** As after `kill -9`: nothing of the old room is waited for, the file is opened again. */
  async restart(): Promise<void> {
    const old = this.room;
    await this.storage.close();
    this.storage = openSqliteStorage({ path: this.file });
    this.room = this.open();
    await old.stop();
    await this.room.start();
  }

  async device(): Promise<DeviceCaller> {
    this.#rows += 1;
    const id = randomBytes(32).toString('hex');
    const account = await this.storage.db
      .insertInto('accounts')
      .values({
        account_id: id,
        identity_key: randomBytes(32),
        name: `person ${this.#rows}`,
        username: null,
        bio: '',
        avatar_media_id: '',
        created_at: START,
        invited_by: null,
        suspended_reason: null,
        invites_left: 0,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return this.anotherDevice({ account: account.id, accountId: accountId(id) });
  }

  async anotherDevice(owner: Pick<DeviceCaller, 'account' | 'accountId'>): Promise<DeviceCaller> {
    const id = deviceId(randomBytes(16).toString('hex'));
    const { account, accountId: ownerId } = owner;
    await this.storage.db
      .insertInto('devices')
      .values({
        device_id: id,
        account,
        public_key: randomBytes(32),
        name: 'phone',
        created_at: START,
        revoked_at: null,
      })
      .execute();
    return { kind: 'device', address: '192.0.2.1', account, accountId: ownerId, deviceId: id };
  }

  /** The device's browser, subscribed through the room's own method. */
  async subscribed(device: DeviceCaller): Promise<Browser> {
    const browser = new Browser(this.service);
    await this.call('setPushSubscription', browser.subscription, device);
    return browser;
  }

  async call(name: string, request: object, caller: DeviceCaller): Promise<unknown> {
    const handler = this.room.service.handlers[name];
    if (!handler) throw new Error(`no method ${name}`);
    return handler(request as never, { caller });
  }

  async follow(
    conversation: number,
    { account }: Pick<DeviceCaller, 'account'>,
    { muted = 0, follows = 1 } = {},
  ): Promise<void> {
    const place = { from_seq: 0, joined_at: START, role: 1, rights: 0 };
    await this.storage.db
      .insertInto('memberships')
      .values({ conversation, account, follows, muted, ...place })
      .execute();
  }

  /** What the log says once an entry is durable. */
  appended(conversation: number, entry: Partial<StoredEntry> = {}): void {
    const id = conversationId(conversation.toString(16).padStart(32, '0'));
    const stored = { kind: EntryKind.POST, silent: false, author: null, seq: 1, ...entry };
    this.room.appended({ id: conversation, conversationId: id, kind: 1 }, [stored as StoredEntry]);
  }

  /** Lets time pass on the server's clock, and the network answer in its own. */
  async advance(ms: number): Promise<void> {
    await this.runtime.advance(ms, () => this.quiet());
  }

  /** Until nothing came to the push service, or from it, for a while. */
  async quiet(): Promise<void> {
    const state = () => `${this.service.received.length} ${this.outcomes.length}`;
    for (let before = '', calm = 0; calm < 3; calm += before === state() ? 1 : -calm) {
      before = state();
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  async subscriptions(): Promise<readonly DeviceId[]> {
    const rows = await this.storage.db
      .selectFrom('push_subscriptions')
      .select('device_id')
      .orderBy('device_id')
      .execute();
    return rows.map(({ device_id }) => deviceId(device_id));
  }
}
