import { parseAccountId, sealOwnState } from '@heliogram/crypto';
import {
  type Entry,
  type HeliogramError,
  LogService,
  OwnStateService,
  ValidationError,
} from '@heliogram/protocol';
import { fetchArchiveKeys } from '../accounts/archive-keys.ts';
import type { DeviceKeys } from '../accounts/sign-up.ts';
import { newAppendId } from '../append-id.ts';
import type { Client } from '../client.ts';
import { retryDelayMs, unitFrom } from '../connection/backoff.ts';
import { failureError } from '../connection/frames.ts';
import type { Follow } from '../conversations/follower.ts';
import { Emitter } from '../emitter.ts';
import { asHeliogramError } from '../errors.ts';
import type { Platform, Timer } from '../ports.ts';
import type { ClientStore, KeptRegister, RegisterName } from '../store/port.ts';
import { msOf } from '../timestamps.ts';
import { Keyring } from './keyring.ts';
import { ownStateLimits } from './limits.ts';
import { packRegisters, requireFits } from './packing.ts';
import { type Position, readPosition, writePosition } from './position.ts';
import { decodeRegisters } from './register-codec.ts';
import { Registers } from './registers.ts';

export interface OwnStateParts {
  /** Of a signed-in device that keeps trying. */
  readonly client: Pick<Client, 'call' | 'connection' | 'follower'>;
  readonly platform: Pick<Platform, 'scheduler' | 'random'>;
  readonly store: Pick<ClientStore, 'ownState' | 'records'>;
  readonly keys: DeviceKeys;
}

type OwnStateEvents = {
  /** Another device set it. */
  readonly changed: RegisterName;
  /** An entry was passed over, or one's own could not be sent. */
  readonly trouble: HeliogramError;
};

/** An entry that nothing can be done about for now waits so long to be looked at again. */
const lookAgainAfterMs = 30_000;
const keepPositionAfterMs = 500;

/**
 * What the account's devices share: values by name, the latest of each the same everywhere, sealed for
 * all but them. What is set is durable here at once and sent a moment later, or when there is a network.
 */
export class OwnState {
  readonly events = new Emitter<OwnStateEvents>();
  readonly #parts: OwnStateParts;
  readonly #registers: Registers;
  readonly #keyring: Keyring;
  #position: Position | undefined;
  /** The last seq before one that could not be read here yet: nothing beyond may be covered. */
  #readable = Number.POSITIVE_INFINITY;
  #sending: Promise<void> = Promise.resolve();
  #sendTimer: Timer | undefined;
  #keepTimer: Timer | undefined;
  #failures = 0;

  constructor(parts: OwnStateParts) {
    this.#parts = parts;
    const { client, keys, platform, store } = parts;
    const now = () => platform.scheduler.now();
    this.#registers = new Registers({ store: store.ownState, device: keys.deviceId, now });
    const context = { call: client.call, records: store.records };
    this.#keyring = new Keyring(() => fetchArchiveKeys(context, keys));
  }

  /** Resolves once what is kept here can be asked for; then follows the log until the client is closed. */
  async start(): Promise<void> {
    const { connection } = this.#parts.client;
    await this.#registers.load();
    // A device may have been revoked while this one was away, or just now.
    connection.events.on('ready', () => this.#keyring.outdate());
    connection.events.on('push', (frame) => {
      if (frame.case === 'change' && frame.value.what.case === 'account') this.#keyring.outdate();
    });
    void this.#follow();
  }

  /** As JSON gives it; undefined where there is none. */
  get(name: RegisterName): unknown {
    return parsed(this.#registers.get(name));
  }

  /** When it was set or taken away, in milliseconds since the epoch; undefined: nobody did. */
  setAt(name: RegisterName): number | undefined {
    return this.#registers.get(name)?.clock;
  }

  /** Of what there is a value of that kind, or was one that is remembered as taken away. */
  scopes(kind: string): readonly string[] {
    return this.#registers.of(kind).map(({ scope }) => scope);
  }

  /**
   * Durable here before it resolves. Null takes it away. Throws `too_large` for what no entry can hold
   * and `limit_reached` where there is too much already.
   */
  async set(name: RegisterName, value: object | number | string | boolean | null): Promise<void> {
    const stored = value === null ? null : JSON.stringify(value);
    const { maxClock: clock } = ownStateLimits;
    requireFits({ ...name, clock, device: this.#parts.keys.deviceId, value: stored });
    if (!(await this.#registers.set(name, stored))) return;
    this.#sendTimer?.cancel();
    this.#sendTimer = this.#parts.platform.scheduler.after(ownStateLimits.sendAfterMs, () => {
      void this.flush();
    });
  }

  /** Sends now what waits. Resolves also where it could not be sent: it waits on. */
  flush(): Promise<void> {
    this.#sendTimer?.cancel();
    this.#sending = this.#sending
      .then(() => this.#send(false))
      .catch((error: unknown) => {
        this.#troubled(asHeliogramError(error));
      });
    return this.#sending;
  }

  async #follow(): Promise<void> {
    const { client, keys, store } = this.#parts;
    try {
      const { conversationId } = await client.call(OwnStateService.method.openOwnState, {});
      this.#position = await this.#begin(
        conversationId,
        await readPosition(store.records, keys.accountId),
      );
      const { seq: afterSeq, sentAt: afterSentAt } = this.#position;
      await this.#consume(client.follower.follow(conversationId, { afterSeq, afterSentAt }));
    } catch (error) {
      if (client.connection.closed) return;
      this.events.emit('trouble', asHeliogramError(error));
      this.#parts.platform.scheduler.after(lookAgainAfterMs, () => this.#lookAgain());
    }
  }

  /** Whom the server refuses dials no more on this account: it waits until there is a connection. */
  #lookAgain(): void {
    const { connection } = this.#parts.client;
    if (connection.phase === 'ready') return void this.#follow();
    const end = connection.events.on('ready', () => {
      end();
      void this.#follow();
    });
  }

  /** Another log than before has nothing of what was said. */
  async #begin(conversationId: string, known: Position | undefined): Promise<Position> {
    if (known?.conversationId === conversationId) return known;
    await this.#registers.unsend();
    return { conversationId, seq: 0, covered: 0 };
  }

  async #consume(follow: Follow): Promise<void> {
    try {
      for await (const event of follow) {
        if (event.type === 'rewound') {
          await this.#sayAgain();
          break;
        }
        // Nobody can tell whether the log is the one of then: what it has is not said again below.
        if (event.type === 'unverified') await this.#registers.unsend();
        if (event.type === 'live' || event.type === 'connected') void this.flush();
        if (event.type === 'entry') await this.#take(event.entry);
      }
    } finally {
      follow.end();
    }
    if (!this.#parts.client.connection.closed) void this.#follow();
  }

  /** A server that was restored from a backup has less than it answered for. */
  async #sayAgain(): Promise<void> {
    const position = this.#position;
    if (!position) return;
    const { keys, store } = this.#parts;
    await this.#registers.unsend();
    const { conversationId } = position;
    this.#position = { conversationId, seq: 0, covered: 0 };
    await writePosition(store.records, keys.accountId, this.#position);
  }

  async #take({ seq, payload, targetSeq: covers, sentAt }: Entry): Promise<void> {
    if (this.#parts.client.connection.closed) return;
    const accountId = parseAccountId(this.#parts.keys.accountId);
    const opening = await this.#keyring.open(payload, { accountId, covers });
    if (opening.kind === 'opened') await this.#merge(opening.plaintext);
    else this.events.emit('trouble', opening.error);
    if (opening.kind === 'unreadable') this.#readable = Math.min(this.#readable, seq - 1);
    const position = this.#position;
    if (!position) return;
    const covered = Math.max(position.covered, covers);
    this.#position = { ...position, seq, sentAt: msOf(sentAt), covered };
    this.#keepPosition();
  }

  async #merge(plaintext: Uint8Array): Promise<void> {
    try {
      const changed = await this.#registers.merge(decodeRegisters(plaintext));
      for (const { kind, scope } of changed) this.events.emit('changed', { kind, scope });
    } catch (error) {
      if (!(error instanceof ValidationError)) throw error;
      this.events.emit('trouble', error);
    }
  }

  /** What could not be read is looked at again after the next start. */
  #keepPosition(): void {
    const { keys, platform, store } = this.#parts;
    this.#keepTimer ??= platform.scheduler.after(keepPositionAfterMs, () => {
      this.#keepTimer = undefined;
      const position = this.#position;
      // Whoever closed it may have wiped the store.
      if (!position || this.#parts.client.connection.closed) return;
      const isWhole = position.seq <= this.#readable;
      const kept = isWhole ? position : { ...position, seq: this.#readable, sentAt: undefined };
      writePosition(store.records, keys.accountId, kept).catch(() => undefined);
    });
  }

  async #send(isFull: boolean): Promise<void> {
    const { client } = this.#parts;
    const position = this.#position;
    const waiting = this.#registers.pending;
    if (!position || waiting.length === 0 || client.connection.phase !== 'ready') return;
    const due = isFull || position.seq - position.covered >= ownStateLimits.coverAfterEntries;
    const covers = due && this.#readable === Number.POSITIVE_INFINITY ? position.seq : 0;
    const told = covers > 0 ? await this.#registers.whole() : waiting;
    const entries = await this.#seal(told, covers);
    const { conversationId } = position;
    const { results } = await client.connection.call(LogService.method.append, {
      conversationId,
      entries,
    });
    const refused = results.find(({ outcome }) => outcome.case !== 'appended')?.outcome;
    if (!refused && results.length === entries.length) {
      this.#failures = 0;
      return this.#registers.sent(told);
    }
    const error = failureError(refused?.case === 'failure' ? refused.value : undefined);
    if (error.code === 'limit_reached' && covers === 0 && !isFull) return this.#send(true);
    throw error;
  }

  async #seal(registers: readonly KeptRegister[], covers: number) {
    const { keys, platform } = this.#parts;
    const archiveKeys = await this.#keyring.current();
    const accountId = parseAccountId(keys.accountId);
    const random = (length: number) => platform.random.bytes(length);
    const packs = packRegisters(registers);
    return packs.map((pack, index) => {
      // The last of them covers: by then all is said.
      const targetSeq = index === packs.length - 1 ? covers : 0;
      const place = { accountId, covers: targetSeq };
      const payload = sealOwnState(pack, place, { archiveKeys, random });
      const appendId = newAppendId(platform.scheduler.now(), platform.random);
      return { appendId, payload, targetSeq, silent: true };
    });
  }

  /** A lost connection sends again when it is back. */
  #troubled(error: HeliogramError): void {
    const { client, platform } = this.#parts;
    if (client.connection.closed) return;
    this.events.emit('trouble', error);
    if (!error.retry || client.connection.phase !== 'ready') return;
    this.#failures++;
    const unit = unitFrom(platform.random.bytes(4));
    const delayMs = retryDelayMs(this.#failures, unit, error.retryAfterMs);
    this.#sendTimer?.cancel();
    this.#sendTimer = platform.scheduler.after(delayMs, () => void this.flush());
  }
}

function parsed(register: KeptRegister | undefined): unknown {
  if (!register || register.value === null) return undefined;
  try {
    return JSON.parse(register.value);
  } catch {
    // A later version may write something else.
    return undefined;
  }
}
