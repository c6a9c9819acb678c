import { create, type DescMethod, fromBinary, type Message, toBinary } from '@bufbuild/protobuf';
import {
  Auth,
  checkLimits,
  HeliogramError,
  InternalError,
  MediaService,
  type MethodRules,
  methodRules,
  RateClass,
  ValidationError,
  VerificationError,
} from '@heliogram/protocol';
import type { Runtime } from '../runtime.ts';
import type { Log, Telemetry } from '../telemetry.ts';
import { rateKey } from './client-address.ts';
import type { RateLimiter } from './rate-limiter.ts';
import type { BoundService, CallContext, Caller, DeviceCaller } from './service.ts';

type Method = {
  readonly name: string;
  readonly descriptor: DescMethod;
  readonly rules: MethodRules;
  readonly run: (request: Message, context: CallContext) => unknown;
};

const TELL_FULL_EVERY_MS = 60_000;

export type DispatcherParts = {
  readonly services: readonly BoundService[];
  readonly rates: Pick<RateLimiter, 'take'>;
  readonly runtime: Runtime;
  readonly telemetry: Telemetry;
  readonly log: Log;
  /** Throws `suspended` or `device_revoked` when the caller may act no longer. */
  readonly checkStanding: (caller: DeviceCaller) => Promise<void>;
};

/**
 * Every call of every transport passes here. Authentication, rates and sizes come from the contract; a
 * method without rules cannot be registered. A call is charged before it is looked at, so that refusals cost
 * as much as answers.
 */
export class Dispatcher {
  readonly #methods: ReadonlyMap<string, Method>;
  readonly #parts: DispatcherParts;
  #toldFullAtMs = Number.NEGATIVE_INFINITY;

  constructor(parts: DispatcherParts) {
    this.#parts = parts;
    this.#methods = new Map(
      parts.services.flatMap(methodsOf).map((method) => [method.name, method]),
    );
  }

  /**
   * Whether calls of this method wait for those before them: all whose answers may be large. What does not
   * exist waits for nothing.
   */
  waitsForTurn(name: string): boolean {
    const rate = this.#methods.get(name)?.rules.rate;
    return rate !== undefined && !ANSWERS_LITTLE.has(rate) && name !== WAITS_FOR_CHECKS;
  }

  /** The largest request that the method takes; undefined when there is no such method. */
  maxRequestBytes(name: string): number | undefined {
    return this.#methods.get(name)?.rules.maxRequestBytes;
  }

  /** Answers an encoded request with an encoded response. Throws only HeliogramError. */
  async call(name: string, payload: Uint8Array, context: CallContext): Promise<Uint8Array> {
    const method = this.#method(name, context.caller);
    return this.#observed(method, async () => {
      this.#pay(method.rules.rate, context.caller);
      await this.#admit(method, payload.byteLength, context);
      const request = decode(method, payload);
      return toBinary(method.descriptor.output, await this.#run(method, request, context));
    });
  }

  /**
   * The first half of a call for transports that decode by themselves: charges the call and refuses callers
   * that the method does not take, before anything of the request is read. `callDecoded` is the other half.
   */
  enter(name: string, caller: Caller): void {
    const method = this.#method(name, caller);
    try {
      this.#pay(method.rules.rate, caller);
      requireCaller(method.rules, caller);
    } catch (error) {
      const known = this.#known(name, error);
      this.#parts.telemetry.called(name, known.code, 0);
      throw known;
    }
  }

  /** The rest of a call that entered, once the transport decoded its request. */
  async callDecoded(name: string, request: Message, context: CallContext): Promise<Message> {
    const method = this.#method(name, context.caller);
    return this.#observed(method, async () => {
      const size = toBinary(method.descriptor.input, request).byteLength;
      await this.#admit(method, size, context);
      return this.#run(method, request, context);
    });
  }

  /** Asking for what does not exist is charged, too. */
  #method(name: string, caller: Caller): Method {
    const method = this.#methods.get(name);
    if (method) return method;
    this.#pay(RateClass.UNSPECIFIED, caller);
    throw new ValidationError('unsupported', 'this server does not support this method');
  }

  async #admit({ rules }: Method, size: number, context: CallContext): Promise<void> {
    if (size > rules.maxRequestBytes) {
      throw new ValidationError(
        'too_large',
        `the request is larger than ${rules.maxRequestBytes} bytes`,
      );
    }
    if (rules.connection && !context.connection) {
      throw new ValidationError('unsupported', 'this method needs a WebSocket');
    }
    requireCaller(rules, context.caller);
    if (context.caller.kind === 'device') await this.#parts.checkStanding(context.caller);
  }

  async #run({ descriptor, rules, run }: Method, request: Message, context: CallContext) {
    checkLimits(descriptor.input, request);
    const cost = costOf(rules.rate, request);
    if (cost > 1) this.#pay(rules.rate, context.caller, { cost, paid: 1 });
    // What a handler returns is checked by its type; `create` fills in the message's defaults.
    const answer = (await run(request, context)) as Record<string, unknown>;
    return create(descriptor.output, answer);
  }

  #pay(rate: RateClass, caller: Caller, { cost, paid } = { cost: 1, paid: 0 }): void {
    if (caller.kind === 'operator') return;
    const perAddress = caller.kind === 'anonymous' || PER_ADDRESS.has(rate);
    const key = perAddress ? rateKey(caller.address) : caller.accountId;
    this.#parts.rates.take(rate, key, { cost, paid });
  }

  async #observed<T>({ name }: Method, run: () => Promise<T>): Promise<T> {
    const { runtime, telemetry } = this.#parts;
    const startedMs = runtime.monotonicMs();
    try {
      const answer = await run();
      telemetry.called(name, 'ok', runtime.monotonicMs() - startedMs);
      return answer;
    } catch (error) {
      const known = this.#known(name, error);
      telemetry.called(name, known.code, runtime.monotonicMs() - startedMs);
      throw known;
    }
  }

  /** The operator is told of a full disk, and not by every call that meets it. */
  #tellFull(method: string): void {
    const nowMs = this.#parts.runtime.monotonicMs();
    if (nowMs - this.#toldFullAtMs < TELL_FULL_EVERY_MS) return;
    this.#toldFullAtMs = nowMs;
    this.#parts.log.warn('storage full', { method });
  }

  /** Whatever is not an error of ours is a defect: logged without input, answered without detail. */
  #known(method: string, error: unknown): HeliogramError {
    if (error instanceof HeliogramError && error.code === 'storage_full') this.#tellFull(method);
    if (error instanceof HeliogramError && error.blame !== 'internal') return error;
    this.#parts.log.error('call failed', error, { method });
    return new InternalError('something went wrong in the server');
  }
}

function requireCaller({ auth }: MethodRules, caller: Caller): void {
  if (auth === Auth.OPERATOR && caller.kind !== 'operator') {
    throw new ValidationError('unsupported', 'this server does not support this method');
  }
  if (auth === Auth.DEVICE && caller.kind !== 'device') {
    throw new VerificationError('unauthenticated', 'sign in first');
  }
}

/** Answers little and waits for seconds: other reads must not wait behind it. */
const WAITS_FOR_CHECKS = `${MediaService.typeName}/GetMedia`;

/** By the contract these change something and say little about it. */
const ANSWERS_LITTLE: ReadonlySet<RateClass> = new Set([
  RateClass.APPEND,
  RateClass.WRITE,
  RateClass.SIGNAL,
  RateClass.UPLOAD,
  RateClass.SIGN_IN,
  RateClass.SIGN_UP,
]);

const PER_ADDRESS: ReadonlySet<RateClass> = new Set([
  RateClass.SIGN_UP,
  RateClass.SIGN_IN,
  RateClass.PROBE,
]);

function methodsOf({ service, handlers }: BoundService): Method[] {
  return service.methods.map((descriptor) => {
    const run = handlers[descriptor.localName];
    const name = `${service.typeName}/${descriptor.name}`;
    if (!run) throw new InternalError(`${name} has no handler`);
    return { name, descriptor, rules: methodRules(descriptor), run };
  });
}

function decode({ descriptor }: Method, payload: Uint8Array): Message {
  try {
    return fromBinary(descriptor.input, payload);
  } catch (error) {
    throw new ValidationError('malformed', 'the request cannot be decoded', { cause: error });
  }
}

/** Appends pay per entry, everything else per call. */
function costOf(rate: RateClass, request: Message): number {
  if (rate !== RateClass.APPEND || !('entries' in request)) return 1;
  return Array.isArray(request.entries) ? Math.max(1, request.entries.length) : 1;
}
