import { create, type DescMethod, fromBinary, type Message, toBinary } from '@bufbuild/protobuf';
import {
  Auth,
  checkLimits,
  HeliogramError,
  InternalError,
  type MethodRules,
  methodRules,
  RateClass,
  ValidationError,
  VerificationError,
} from '@heliogram/protocol';
import type { Runtime } from '../runtime.ts';
import type { Log, Telemetry } from '../telemetry.ts';
import { type RateLimiter, rateKey } from './rate-limiter.ts';
import type { BoundService, CallContext, DeviceCaller } from './service.ts';

type Method = {
  readonly name: string;
  readonly descriptor: DescMethod;
  readonly rules: MethodRules;
  readonly run: (request: Message, context: CallContext) => unknown;
};

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
 * The one door to every handler, whatever the transport. Authentication, rates and sizes come from the
 * contract; a method without rules cannot even be registered.
 */
export class Dispatcher {
  readonly #methods: ReadonlyMap<string, Method>;
  readonly #parts: DispatcherParts;

  constructor(parts: DispatcherParts) {
    this.#parts = parts;
    this.#methods = new Map(
      parts.services.flatMap(methodsOf).map((method) => [method.name, method]),
    );
  }

  /** Whether the method is a read by the contract; what does not exist is none. */
  reads(name: string): boolean {
    return this.#methods.get(name)?.rules.rate === RateClass.READ;
  }

  /** Answers an encoded request with an encoded response. Throws only HeliogramError. */
  async call(name: string, payload: Uint8Array, context: CallContext): Promise<Uint8Array> {
    const method = this.#method(name);
    return this.#observed(method, async () => {
      await this.#admit(method, payload.byteLength, context);
      const request = decode(method, payload);
      return toBinary(method.descriptor.output, await this.#run(method, request, context));
    });
  }

  /** The same for a request that the transport decoded already. */
  async callDecoded(name: string, request: Message, context: CallContext): Promise<Message> {
    const method = this.#method(name);
    return this.#observed(method, async () => {
      const size = toBinary(method.descriptor.input, request).byteLength;
      await this.#admit(method, size, context);
      return this.#run(method, request, context);
    });
  }

  #method(name: string): Method {
    const method = this.#methods.get(name);
    if (!method) throw new ValidationError('unsupported', 'this server has no such method');
    return method;
  }

  async #admit({ rules }: Method, size: number, context: CallContext): Promise<void> {
    if (size > rules.maxRequestBytes) {
      throw new ValidationError(
        'too_large',
        `the request is larger than ${rules.maxRequestBytes} bytes`,
      );
    }
    const { caller } = context;
    if (rules.connection && !context.connection) {
      throw new ValidationError('unsupported', 'this method needs a WebSocket');
    }
    if (rules.auth === Auth.OPERATOR && caller.kind !== 'operator') {
      throw new ValidationError('unsupported', 'this server has no such method');
    }
    if (rules.auth === Auth.DEVICE && caller.kind !== 'device') {
      throw new VerificationError('unauthenticated', 'sign in first');
    }
    if (caller.kind === 'device') await this.#parts.checkStanding(caller);
  }

  async #run({ descriptor, rules, run }: Method, request: Message, context: CallContext) {
    checkLimits(descriptor.input, request);
    this.#pay(rules.rate, costOf(rules.rate, request), context);
    // What a handler returns is checked by its type; `create` fills in the message's defaults.
    const answer = (await run(request, context)) as Record<string, unknown>;
    return create(descriptor.output, answer);
  }

  #pay(rate: RateClass, cost: number, { caller }: CallContext): void {
    if (caller.kind === 'operator') return;
    const perAddress = caller.kind === 'anonymous' || PER_ADDRESS.has(rate);
    const key = perAddress ? rateKey(caller.address) : caller.accountId;
    this.#parts.rates.take(rate, key, cost);
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

  /** Whatever is not an error of ours is a defect: logged without input, answered without detail. */
  #known(method: string, error: unknown): HeliogramError {
    if (error instanceof HeliogramError && error.blame !== 'internal') return error;
    this.#parts.log.error('call failed', error, { method });
    return new InternalError('something went wrong in the server');
  }
}

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
