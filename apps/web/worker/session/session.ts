import {
  asHeliogramError,
  Client,
  type ClientStore,
  type DeviceKeys,
  type Platform,
  revokeDevice,
  type StoreToBe,
  type Timer,
} from '@heliogram/client';
import {
  AccountsService,
  type HeliogramError,
  RegistrationPolicy,
  ServerService,
} from '@heliogram/protocol';
import type {
  DeviceView,
  FailureView,
  ProfileView,
  Reach,
  ServerView,
  SessionView,
  UnfinishedSignUp,
} from '../../bridge/contract/session.ts';
import { Changes } from '../changes.ts';
import { failureView } from '../failure.ts';
import type { Shelf } from '../shelf/shelf.ts';
import { soon } from '../soon.ts';
import { readAccountMemory, writeAccountMemory } from './account-memory.ts';
import { ownDevices } from './device-list.ts';
import type { House } from './house.ts';
import type { KeyKeeper } from './key-keeper.ts';
import { newDevicesOf } from './new-devices.ts';
import { profileView } from './profiles.ts';
import { watchReach } from './reach.ts';
import { Reading, visitorLine } from './reading.ts';
import { standingOf } from './standing.ts';
import type { UnansweredSignUp } from './unanswered.ts';

export interface SessionParts {
  readonly origin: string;
  readonly platform: Platform;
  readonly store: ClientStore | StoreToBe;
  readonly keyKeeper: KeyKeeper;
  /** Files that wait to be posted: they are the account's, and go with it. */
  readonly files: Pick<Shelf<unknown>, 'clear'>;
  readonly unanswered: Pick<Shelf<UnansweredSignUp>, 'get'>;
  readonly clientName: string;
  /** Another account is here, or none: the rooms begin anew. */
  readonly moved: (house: House) => void;
}

const registrations: ReadonlyMap<RegistrationPolicy, ServerView['registration']> = new Map([
  [RegistrationPolicy.OPEN, 'open'],
  [RegistrationPolicy.INVITE, 'invite'],
  [RegistrationPolicy.CLOSED, 'closed'],
]);

/** What the server says of itself is kept when nobody waits for posts any more. */
const rememberAfterMs = 2_000;

/** How long a person who signs out waits for the server. */
const removalPatienceMs = 8_000;

/** How long a suspended account waits before it asks whether it may come in again. */
const knockAfterMs = 300_000;

const gone: FailureView = {
  code: 'gone',
  message: 'the server has no such account',
  retry: false,
};

/** What the server may say of an account or a device that is no more. */
function isEnding({ code }: FailureView): boolean {
  return code === 'device_revoked' || code === 'gone' || code === 'signature_invalid';
}

function idsOf(devices: readonly DeviceView[]): readonly string[] {
  return devices.map(({ deviceId }) => deviceId);
}

/** The store for one client: the next one stands on it too. */
function outliving(store: ClientStore): ClientStore {
  const close = async () => undefined;
  return {
    ...store,
    close,
    get persistent() {
      return store.persistent;
    },
  };
}

/** Who is here: keeps the one client of this browser and says how it stands. */
export class Session {
  readonly changes = new Changes();
  readonly #parts: SessionParts;
  #house: House | undefined;
  #view: SessionView = { phase: 'starting' };
  #ended: FailureView | undefined;
  #stopWatching: () => void = () => undefined;
  #reach: Reach = 'connecting';
  #hasNetwork = true;
  #knock: Timer | undefined;

  constructor(parts: SessionParts) {
    this.#parts = parts;
  }

  get view(): SessionView {
    return this.#view;
  }

  get house(): House {
    if (!this.#house) throw new Error('the session has not been started');
    return this.#house;
  }

  async start(): Promise<void> {
    await this.enter(await this.#parts.keyKeeper.read());
  }

  /** From now on this device is at work here; without keys a visitor. */
  async enter(keys: DeviceKeys | undefined): Promise<void> {
    this.#stopWatching();
    await this.#house?.client.close();
    const { origin, platform, clientName, store: kept } = this.#parts;
    if (keys && 'made' in kept) await kept.made();
    const store = outliving(kept);
    const client = new Client({
      origin,
      platform,
      store,
      clientName,
      persistence: 'keep-trying',
      ...(keys && { device: keys }),
    });
    const reading = new Reading(client, () => visitorLine({ origin, platform, clientName }));
    const house: House = { origin, platform, store, client, reading, ...(keys && { keys }) };
    this.#house = house;
    await this.#remember(keys);
    this.#watch(house);
    this.#parts.moved(house);
  }

  /** Takes this device off the account's list, where the server can be reached, and leaves; whether it is off. */
  async signOut(): Promise<boolean> {
    const suspended = this.#view.phase === 'signed-in' ? this.#view.suspended : undefined;
    const removed = suspended ? false : await this.#removeOwnDevice();
    await this.leave(suspended?.code === 'gone' ? suspended : undefined);
    return removed;
  }

  async #removeOwnDevice(): Promise<boolean> {
    const { keys, store, platform } = this.house;
    if (!keys || this.#reach === 'offline' || !this.#hasNetwork) return false;
    // The server cuts off what it removes: here that is no news.
    this.#stopWatching();
    const context = { call: soon(this.house), records: store.records, platform };
    const removing = revokeDevice(context, keys, keys.deviceId).then(
      () => true,
      () => false,
    );
    const late = new Promise<boolean>((resolve) => {
      platform.scheduler.after(removalPatienceMs, () => resolve(false));
    });
    return Promise.race([removing, late]);
  }

  /** Signs out: keys and all that was kept are erased, then a visitor is here. */
  async leave(ended?: FailureView): Promise<void> {
    this.#stopWatching();
    this.#ended = ended;
    await this.#parts.keyKeeper.erase();
    await this.house.client.close();
    await this.#parts.files.clear();
    await this.#parts.store.wipe();
    await this.enter(undefined);
  }

  /** What the browser says of its network. That there is none is certain, that there is one a hope. */
  networkChanged(hasNetwork: boolean): void {
    this.#hasNetwork = hasNetwork;
    if (hasNetwork) this.#house?.client.connection.hurry();
    this.#reached(this.#reach);
  }

  /** A sign-up here was not answered: whoever tries again is told that it is the same one. */
  async showUnanswered(): Promise<void> {
    if (this.#view.phase !== 'signed-out') return;
    const { unfinished: _, ...view } = this.#view;
    this.#show({ ...view, ...(await this.#unfinished()) });
  }

  async #unfinished(): Promise<{ readonly unfinished?: UnfinishedSignUp }> {
    const left = await this.#parts.unanswered.get(this.#parts.origin);
    return left ? { unfinished: { name: left.name, username: left.username } } : {};
  }

  async refreshMe(): Promise<void> {
    const { profile } = await this.house.client.call(AccountsService.method.getMe, {});
    if (profile) await this.know(profileView(profile));
  }

  async know(me: ProfileView): Promise<void> {
    await writeAccountMemory(this.#parts.store.records, { me });
    if (this.#view.phase === 'signed-in') this.#show({ ...this.#view, me });
  }

  async confirmPhrase(): Promise<void> {
    await writeAccountMemory(this.#parts.store.records, { phraseConfirmed: true });
    if (this.#view.phase === 'signed-in') this.#show({ ...this.#view, phraseConfirmed: true });
  }

  async #remember(keys: DeviceKeys | undefined): Promise<void> {
    const { records, persistent } = this.#parts.store;
    const { me, server, phraseConfirmed } = await readAccountMemory(records);
    const known = { reach: 'connecting', ...(server && { server }) } as const;
    if (!keys) {
      const ended = this.#ended && { ended: this.#ended };
      const unfinished = await this.#unfinished();
      return this.#show({ phase: 'signed-out', ...known, ...ended, ...unfinished });
    }
    const { accountId, deviceId } = keys;
    this.#ended = undefined;
    this.#show({
      phase: 'signed-in',
      ...known,
      me: me ?? { accountId, name: '', username: '', bio: '' },
      deviceId,
      phraseConfirmed,
      persistent,
      newDevices: [],
    });
  }

  #watch({ client }: House): void {
    const ends = [
      watchReach(client.connection, (reach) => this.#reached(reach)),
      client.connection.events.on('ready', () => this.#letIn()),
      client.connection.events.on('failed', (error) => this.#failed(client, error)),
      client.connection.events.on('push', (frame) => {
        if (frame.case === 'change' && frame.value.what.case === 'account') this.#refresh();
      }),
    ];
    this.#stopWatching = () => {
      for (const end of ends) end();
      this.#stopReadingAsVisitor();
    };
    client.connection.ready().catch(() => undefined);
    if (this.#house?.keys) void client.outbox.flush();
  }

  #reached(reach: Reach): void {
    this.#reach = reach;
    const shown = this.#hasNetwork ? reach : 'offline';
    if (this.#view.phase !== 'starting') this.#show({ ...this.#view, reach: shown });
  }

  /** Also whom the server did not let in before: a moderator restored the account. */
  #letIn(): void {
    this.#stopReadingAsVisitor();
    if (this.#view.phase === 'signed-in' && this.#view.suspended) {
      const { suspended: _, ...view } = this.#view;
      this.#show(view);
    }
    void this.#greet();
  }

  async #greet(): Promise<void> {
    try {
      await this.#learnServer();
      if (!this.house.keys) return;
      await this.refreshMe();
      await this.lookAtDevices();
    } catch {
      // What is known from before stays; the next connection asks again.
    }
  }

  #refresh(): void {
    if (!this.#house?.keys) return;
    this.refreshMe().catch(() => undefined);
    this.lookAtDevices().catch(() => undefined);
  }

  /** Shows devices that were added elsewhere since somebody looked here. */
  async lookAtDevices(): Promise<void> {
    const { house } = this;
    const devices = await ownDevices(house);
    const { records } = this.#parts.store;
    const { knownDevices } = await readAccountMemory(records);
    if (this.#house !== house || this.#view.phase !== 'signed-in') return;
    if (!knownDevices) await writeAccountMemory(records, { knownDevices: idsOf(devices) });
    this.#show({ ...this.#view, newDevices: newDevicesOf(devices, knownDevices) });
  }

  async knowDevices(): Promise<void> {
    const knownDevices = idsOf(await ownDevices(this.house));
    await writeAccountMemory(this.#parts.store.records, { knownDevices });
    if (this.#view.phase === 'signed-in') this.#show({ ...this.#view, newDevices: [] });
  }

  async #learnServer(): Promise<void> {
    const info = await this.house.client.connection.call(ServerService.method.getInfo, {});
    const server: ServerView = {
      name: info.name,
      origin: this.#parts.origin,
      version: info.version,
      registration: registrations.get(info.registration) ?? 'closed',
      maxUploadBytes: info.maxUploadBytes,
    };
    if (this.#view.phase !== 'starting') this.#show({ ...this.#view, server });
    this.#parts.platform.scheduler.after(rememberAfterMs, () => {
      writeAccountMemory(this.#parts.store.records, { server }).catch(() => undefined);
    });
  }

  /** The server will not have this device: for good, or until an operator restores the account. */
  #failed(client: Client, error: HeliogramError): void {
    if (this.#house?.client !== client) return;
    if (client.connection.closed) return this.#stopReadingAsVisitor();
    const failure = failureView(asHeliogramError(error));
    if (this.#view.phase !== 'signed-in') return this.#reached('offline');
    if (failure.code !== 'version_unsupported') this.#house.reading.refused(error);
    this.#show({ ...this.#view, reach: 'offline', suspended: failure });
    if (failure.code === 'suspended') this.#knockLater(client);
    if (isEnding(failure)) this.#lookAtList(client, failure).catch(() => undefined);
  }

  #stopReadingAsVisitor(): void {
    this.#knock?.cancel();
    this.#house?.reading.letIn();
  }

  /** An operator may restore the account, and nobody tells. */
  #knockLater({ connection }: Client): void {
    this.#knock?.cancel();
    this.#knock = this.#parts.platform.scheduler.after(knockAfterMs, () => {
      if (!connection.closed) connection.ready().catch(() => undefined);
    });
  }

  /**
   * A server's word erases no key. That this device is out the account's own signed list must say; where the
   * server has no list any more, a person decides.
   */
  async #lookAtList(client: Client, failure: FailureView): Promise<void> {
    const { keys } = this.house;
    if (!keys) return;
    const standing = await standingOf(this.#parts, keys);
    if (this.#house?.client !== client || this.#view.phase !== 'signed-in') return;
    if (standing === 'revoked') return this.leave(failure);
    if (standing === 'no-list') this.#show({ ...this.#view, suspended: gone });
  }

  #show(view: SessionView): void {
    this.#view = view;
    this.changes.tell();
  }
}
