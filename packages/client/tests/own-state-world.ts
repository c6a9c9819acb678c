import {
  createAccount,
  type DeviceSecrets,
  encodeDeviceSecrets,
  nobleVerifier,
  openRecoveryPhrase,
  recoverAccount,
  rotateArchiveKey,
} from '@heliogram/crypto';
import {
  AccountsService,
  EntryKind,
  HeliogramError,
  LogService,
  OwnStateService,
  ValidationError,
} from '@heliogram/protocol';
import { Connection } from '../src/connection/connection.ts';
import { Follower } from '../src/conversations/follower.ts';
import { OwnState } from '../src/own-state/own-state.ts';
import { createMemoryStore } from '../src/store/memory-store.ts';
import { FakeServer, fakePlatform, settle } from './fake-server.ts';

type StateEntry = { seq: number; kind: EntryKind; payload: Uint8Array; targetSeq: number };
type FakePlatform = ReturnType<typeof fakePlatform>;

/** A server that holds one account and its own log, in memory. */
export class OwnStateWorld {
  readonly server = new FakeServer();
  /** What is in the log now. */
  entries: StateEntry[] = [];
  conversationId = 'ab'.repeat(16);
  /** Calls of append that came in. */
  appends = 0;
  maxEntries = 512;
  /** The next append is asked to come back later. */
  busyOnce = false;
  head = 0;
  readonly #platforms: FakePlatform[] = [];
  readonly #random: (length: number) => Uint8Array;
  readonly #statements: Uint8Array[];
  readonly #phrase: string;
  readonly first: DeviceSecrets;
  #vault: Uint8Array;

  constructor() {
    const platform = fakePlatform(this.server, 77);
    this.#random = (length) => platform.random.bytes(length);
    const created = createAccount({ deviceName: 'first', random: this.#random, now: 1 });
    this.#statements = [created.statement];
    this.#vault = created.vault;
    this.#phrase = created.recoveryPhrase;
    this.first = created.device;
    this.#answer();
  }

  get archive() {
    return { vault: this.#vault, statements: this.#statements, verifier: nobleVerifier };
  }

  async addDevice(): Promise<DeviceSecrets> {
    const opener = openRecoveryPhrase(this.#phrase);
    const terms = { deviceName: 'another', random: this.#random, now: 2 };
    const change = await recoverAccount({ ...this.archive, ...terms, opener });
    this.#statements.push(change.statement);
    this.#vault = change.vault;
    return change.device;
  }

  /** As a server does that shows what was before. */
  serveVault(vault: Uint8Array): void {
    this.#vault = vault;
  }

  /** As a revocation does; every device is told that something changed. */
  async rotate(): Promise<void> {
    const random = this.#random;
    this.#vault = (await rotateArchiveKey({ ...this.archive, opener: this.first, random })).vault;
    for (const link of this.server.links) {
      link.push({ case: 'change', value: { what: { case: 'account', value: true } } });
    }
  }

  /** A device at work. The same store is the same browser, opened again. */
  async open(secrets: DeviceSecrets, store = createMemoryStore()) {
    const platform = fakePlatform(this.server, this.#platforms.length + 1);
    this.#platforms.push(platform);
    const connection = new Connection({ origin: 'http://h', platform, clientName: 'test' });
    const follower = new Follower(connection, platform);
    const client = { call: connection.call, connection, follower };
    const { accountId, deviceId, signatureSeed } = secrets;
    const keys = { accountId, deviceId, signatureSeed, secrets: encodeDeviceSecrets(secrets) };
    const state = new OwnState({ client, platform, store, keys });
    const troubles: HeliogramError[] = [];
    const changes: string[] = [];
    state.events.on('trouble', (error) => troubles.push(error));
    state.events.on('changed', ({ kind, scope }) => changes.push(`${kind} ${scope}`));
    await state.start();
    await this.pass(100);
    return { state, store, connection, platform, troubles, changes };
  }

  async pass(ms: number): Promise<void> {
    for (const platform of this.#platforms) await platform.advance(ms);
    await settle();
  }

  append(payload: Uint8Array, targetSeq = 0): void {
    this.head += 1;
    const entry = { seq: this.head, kind: EntryKind.STATE, payload, targetSeq };
    this.entries = [...this.entries.filter(({ seq }) => seq > targetSeq), entry];
    const { conversationId } = this;
    for (const link of this.server.links) {
      link.push({ case: 'entry', value: { conversationId, entry } });
    }
  }

  #answer(): void {
    const { server } = this;
    const { getDeviceList, getVault } = AccountsService.method;
    server.on(getVault, () => ({ vault: this.#vault }));
    server.on(getDeviceList, () => ({ statements: this.#statements }));
    server.on(OwnStateService.method.openOwnState, () => ({ conversationId: this.conversationId }));
    server.on(LogService.method.unsubscribe, () => ({}));
    server.on(LogService.method.subscribe, ({ subscriptions }) => ({
      results: subscriptions.map(({ conversationId }) => ({ conversationId, headSeq: this.head })),
    }));
    server.on(LogService.method.read, ({ afterSeq }) => ({
      entries: this.entries.filter(({ seq }) => seq > afterSeq).slice(0, 20),
      headSeq: this.head,
    }));
    server.on(LogService.method.append, ({ entries }) => {
      if (this.busyOnce) {
        this.busyOnce = false;
        throw new HeliogramError('rate_limited', 'slower', { retryAfterMs: 1_000 });
      }
      this.appends += 1;
      const covered = Math.max(...entries.map(({ targetSeq }) => targetSeq));
      const held = this.entries.filter(({ seq }) => seq > covered).length;
      const results = entries.map(({ payload, targetSeq }) => {
        if (held + entries.length > this.maxEntries) return refused();
        this.append(payload, targetSeq);
        return { outcome: { case: 'appended', value: { seq: this.head } } } as const;
      });
      return { results };
    });
  }
}

function refused() {
  const { code, message } = new ValidationError('limit_reached', 'it is full');
  return { outcome: { case: 'failure', value: { code, message } } } as const;
}
