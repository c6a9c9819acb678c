import { type DeviceId, limits } from '@heliogram/protocol';
import type { PushOutcome } from '../telemetry.ts';
import type { PushOptions } from './options.ts';
import { Pacer } from './pacer.ts';
import type { Push } from './pushing.ts';
import { dropSubscription, type Subscription, subscriptionsOf } from './subscriptions.ts';
import { type Verdict, verdictOf } from './verdicts.ts';

/** Pushes under way at once. */
const MAX_AT_ONCE = 48;
/** Devices that wait for their push or rest after it; more are not woken. */
const MAX_DEVICES = 200_000;
/** Devices that wait for another attempt; more are given up. */
const MAX_RETRIES = 20_000;

type Parts = Pick<PushOptions, 'storage' | 'runtime' | 'log' | 'telemetry' | 'live'> & {
  readonly push: Push;
};

type Attempt = { readonly deviceId: DeviceId; readonly attempt: number };

/**
 * Wakes devices: each at most once an interval, a few at a time, again when a push service asks for
 * patience. Nothing of it is kept: a server that dies forgets whom it was about to wake.
 */
export class Sender {
  readonly #parts: Parts;
  readonly #devices: Pacer<DeviceId>;
  /** Due for another attempt. */
  readonly #due: Attempt[] = [];
  readonly #stopping = new AbortController();
  readonly #underWay = new Set<Promise<void>>();
  #retries = 0;
  #loading: Promise<void> | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#devices = new Pacer({
      runtime: parts.runtime,
      intervalMs: limits.pushIntervalMs,
      maxKeys: MAX_DEVICES,
      onReady: () => parts.runtime.soon(() => this.#next()),
    });
  }

  wake(deviceId: DeviceId): void {
    if (this.#stopped || this.#devices.ask(deviceId)) return;
    this.#count('dropped');
  }

  /** Nothing is sent any more once it resolves. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#devices.stop();
    await this.#loading;
    await Promise.all(this.#underWay);
  }

  get #stopped(): boolean {
    return this.#stopping.signal.aborted;
  }

  #next(): void {
    if (this.#stopped || this.#loading !== undefined) return;
    const free = MAX_AT_ONCE - this.#underWay.size;
    const retries = this.#due.splice(0, free);
    const fresh = this.#devices.take(free - retries.length);
    const attempts = [...retries, ...fresh.map((deviceId) => ({ deviceId, attempt: 1 }))];
    if (attempts.length === 0) return;
    this.#loading = this.#begin(attempts)
      .catch((error: unknown) => this.#parts.log.error('push subscriptions not read', error))
      .finally(() => {
        this.#loading = undefined;
        this.#next();
      });
  }

  async #begin(attempts: readonly Attempt[]): Promise<void> {
    const { storage, live } = this.#parts;
    // Who came back meanwhile hears it by its connection.
    const absent = attempts.filter(({ deviceId }) => !live.isLive(deviceId));
    const numbers = new Map(absent.map(({ deviceId, attempt }) => [deviceId, attempt]));
    const subscriptions = await subscriptionsOf(storage, [...numbers.keys()]);
    for (const subscription of subscriptions) {
      if (this.#stopped) return;
      const sending = this.#send(subscription, numbers.get(subscription.deviceId) ?? 1)
        .catch((error: unknown) => this.#parts.log.error('push failed', error))
        .finally(() => {
          this.#underWay.delete(sending);
          this.#next();
        });
      this.#underWay.add(sending);
    }
  }

  async #send(subscription: Subscription, attempt: number): Promise<void> {
    const { push, runtime, storage } = this.#parts;
    const answer = await push(subscription, this.#stopping.signal);
    if (this.#stopped) return;
    const jitter = (runtime.randomBytes(1)[0] ?? 0) / 255;
    const verdict = verdictOf(answer, { attempt, now: runtime.now(), jitter });
    if (verdict.kind === 'gone') await dropSubscription(storage, subscription);
    if (verdict.kind === 'again') this.#tryAgain(subscription.deviceId, attempt, verdict);
    else this.#count(verdict.kind);
  }

  #tryAgain(
    deviceId: DeviceId,
    attempt: number,
    { afterMs }: Extract<Verdict, { kind: 'again' }>,
  ): void {
    if (this.#retries >= MAX_RETRIES) {
      this.#count('failed');
      return;
    }
    this.#retries += 1;
    this.#parts.runtime.after(afterMs, () => {
      this.#retries -= 1;
      this.#due.push({ deviceId, attempt: attempt + 1 });
      this.#next();
    });
  }

  #count(outcome: PushOutcome): void {
    this.#parts.telemetry.pushed(outcome);
  }
}
