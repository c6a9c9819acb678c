import {
  create,
  type DescMessage,
  type DescMethodUnary,
  fromBinary,
  type MessageInitShape,
  type MessageShape,
  toBinary,
} from '@bufbuild/protobuf';
import {
  DependencyError,
  type HeliogramError,
  methodRules,
  type ServerFrame,
  ValidationError,
} from '@heliogram/protocol';
import { Emitter } from '../emitter.ts';
import { asHeliogramError } from '../errors.ts';
import type { Link, Platform, Timer } from '../ports.ts';
import { retryDelayMs, unitFrom } from './backoff.ts';
import {
  type ConnectionEffect,
  type ConnectionEvent,
  type ConnectionRules,
  type ConnectionState,
  stepConnection,
} from './connection-state.ts';
import { failureError, helloFrame, pingFrame, readFrame, requestFrame } from './frames.ts';
import { socketUrl } from './origin.ts';
import { Requests } from './requests.ts';

/** Calls one method of the contract. */
export type Caller = <I extends DescMessage, O extends DescMessage>(
  method: DescMethodUnary<I, O>,
  request: MessageInitShape<I>,
) => Promise<MessageShape<O>>;

export interface ConnectionOptions {
  readonly origin: string;
  readonly platform: Pick<Platform, 'transport' | 'scheduler' | 'random'>;
  /** Signs the new connection in; absent: it stays anonymous. */
  readonly signIn?: (call: Caller) => Promise<unknown>;
  /** Named to the server, such as "heliogram-cli/0.1.0". */
  readonly clientName: string;
  /** Attempts in a row that may fail; default: never gives up. */
  readonly maxFailures?: number;
  readonly requestTimeoutMs?: number;
}

/** What a server sends of its own accord. */
export type PushFrame = Extract<
  ServerFrame['frame'],
  { case: 'entry' | 'lag' | 'signal' | 'counters' | 'change' | 'ended' }
>;

type ConnectionEvents = {
  readonly ready: undefined;
  readonly lost: HeliogramError;
  readonly failed: HeliogramError;
  readonly push: PushFrame;
};

const handshakeTimeoutMs = 15_000;
const defaultRequestTimeoutMs = 30_000;

/** One connection to one server, kept up until closed; see {@link stepConnection} for its life. */
export class Connection {
  readonly events = new Emitter<ConnectionEvents>();
  readonly #options: ConnectionOptions;
  readonly #rules: ConnectionRules;
  readonly #requests: Requests;
  #state: ConnectionState = { phase: 'idle' };
  #link: Link | undefined;
  #timer: Timer | undefined;
  #pings = 0;
  #closed = false;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    const timeoutMs = options.requestTimeoutMs ?? defaultRequestTimeoutMs;
    this.#requests = new Requests(options.platform.scheduler, timeoutMs);
    this.#rules = {
      signsIn: options.signIn !== undefined,
      maxFailures: options.maxFailures ?? Number.POSITIVE_INFINITY,
      handshakeTimeoutMs,
    };
  }

  get phase(): ConnectionState['phase'] {
    return this.#state.phase;
  }

  /** Closed for good by {@link close}. */
  get closed(): boolean {
    return this.#closed;
  }

  /** Resolves when requests can be sent; rejects when the connection is given up or closed. */
  ready(): Promise<void> {
    if (this.#closed) return Promise.reject(closedError());
    if (this.#state.phase === 'ready') return Promise.resolve();
    return new Promise((resolve, reject) => {
      const ends = [
        this.events.on('ready', () => settle(resolve)),
        this.events.on('failed', (error) => settle(() => reject(error))),
      ];
      const settle = (then: () => void) => {
        for (const end of ends) end();
        then();
      };
      this.#take({ type: 'start' });
    });
  }

  /**
   * Waits for the connection and calls. Throws what the server answered, `too_large` for a request
   * beyond its limit, `interrupted` or `unavailable` when the link broke before the answer.
   */
  readonly call: Caller = async (method, request) => {
    await this.ready();
    return this.#send(method, request);
  };

  /** There may be a network again: what waits for its next attempt dials now. */
  hurry(): void {
    if (this.#state.phase === 'waiting') this.#take({ type: 'timer' });
  }

  /** For good. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#take({ type: 'stop' });
    this.events.emit('failed', closedError());
  }

  async #send<I extends DescMessage, O extends DescMessage>(
    method: DescMethodUnary<I, O>,
    request: MessageInitShape<I>,
  ): Promise<MessageShape<O>> {
    const payload = toBinary(method.input, create(method.input, request));
    const { maxRequestBytes } = methodRules(method);
    if (payload.byteLength > maxRequestBytes) {
      throw new ValidationError('too_large', `the request is larger than ${maxRequestBytes} bytes`);
    }
    const name = `${method.parent.typeName}/${method.name}`;
    const answer = await this.#requests.start((id) =>
      this.#link?.send(requestFrame(id, name, payload)),
    );
    try {
      return fromBinary(method.output, answer);
    } catch (cause) {
      throw new DependencyError('unavailable', 'the answer of the server cannot be decoded', {
        cause,
      });
    }
  }

  #take(event: ConnectionEvent): void {
    const [state, effects] = stepConnection(this.#state, event, this.#rules);
    this.#state = state;
    for (const effect of effects) this.#run(effect);
  }

  #run(effect: ConnectionEffect): void {
    switch (effect.type) {
      case 'dial':
        return this.#dial();
      case 'hang-up':
        return this.#hangUp();
      case 'send-hello':
        return this.#link?.send(helloFrame(this.#options.clientName));
      case 'sign-in':
        return this.#signIn();
      case 'send-ping':
        this.#pings = (this.#pings + 1) % 0xffff_ffff;
        return this.#link?.send(pingFrame(this.#pings));
      case 'ready':
        return this.events.emit('ready', undefined);
      case 'lost':
        this.#requests.abort(effect.error);
        return this.events.emit('lost', effect.error);
      case 'failed':
        return this.events.emit('failed', effect.error);
      case 'timer':
        return this.#setTimer(effect.delayMs);
      case 'backoff': {
        const unit = unitFrom(this.#options.platform.random.bytes(4));
        return this.#setTimer(retryDelayMs(effect.failures, unit, effect.atLeastMs));
      }
      case 'no-timer':
        return this.#timer?.cancel();
    }
  }

  #setTimer(delayMs: number): void {
    this.#timer?.cancel();
    const { scheduler } = this.#options.platform;
    this.#timer = scheduler.after(delayMs, () => this.#take({ type: 'timer' }));
  }

  #dial(): void {
    // Events of a link that was hung up must not reach the next one's state.
    const ifCurrent = (run: () => void) => {
      if (this.#link === link) run();
    };
    const link = this.#options.platform.transport.open(socketUrl(this.#options.origin), {
      opened: () => ifCurrent(() => this.#take({ type: 'opened' })),
      frame: (bytes) => ifCurrent(() => this.#frame(bytes)),
      closed: (reason) => ifCurrent(() => this.#take({ type: 'closed', reason })),
    });
    this.#link = link;
  }

  #hangUp(): void {
    const link = this.#link;
    this.#link = undefined;
    link?.close();
  }

  #signIn(): void {
    const call: Caller = (method, request) => this.#send(method, request);
    const link = this.#link;
    const ifCurrent = (event: ConnectionEvent) => {
      if (this.#link === link) this.#take(event);
    };
    this.#options.signIn?.(call).then(
      () => ifCurrent({ type: 'signed-in' }),
      (error: unknown) => ifCurrent({ type: 'refused', error: asHeliogramError(error) }),
    );
  }

  #frame(bytes: Uint8Array): void {
    const frame = readFrame(bytes);
    if (!frame?.case) {
      const reason = 'the server sent an invalid frame';
      return this.#take({ type: 'closed', reason });
    }
    this.#take({ type: 'activity' });
    switch (frame.case) {
      case 'welcome':
        return this.#take({ type: 'welcome', ...frame.value });
      case 'response':
        return this.#answer(frame.value);
      case 'goodbye':
        return this.#take({ type: 'refused', error: failureError(frame.value.failure) });
      case 'pong':
        return;
      case 'entry':
      case 'lag':
      case 'signal':
      case 'counters':
      case 'change':
      case 'ended':
        return this.events.emit('push', frame);
    }
  }

  #answer({ id, outcome }: Extract<ServerFrame['frame'], { case: 'response' }>['value']): void {
    if (outcome.case === 'payload') return this.#requests.answered(id, outcome.value);
    const failure = outcome.case === 'failure' ? outcome.value : undefined;
    this.#requests.refused(id, failureError(failure));
  }
}

function closedError(): HeliogramError {
  return new DependencyError('interrupted', 'the connection was closed');
}
