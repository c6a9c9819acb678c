import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import {
  type ClientFrame,
  ClientFrameSchema,
  DependencyError,
  type DeviceId,
  errorFromCode,
  HeliogramError,
  type Hello,
  limits,
  type Request,
  ServerFrameSchema,
  ValidationError,
} from '@heliogram/protocol';
import { accountTopic, type BusMessage, conversationTopic, countersTopic } from '../bus/port.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { FanOut, Receiver } from './fan-out.ts';
import type { HeldShare } from './held-bytes.ts';
import type { Link } from './link.ts';
import type { LiveDevices } from './live-devices.ts';
import { Outgoing } from './outgoing.ts';
import { ReadTurns } from './read-turns.ts';
import { encodeFrame, encodeGoodbye, failureOf } from './server-frames.ts';
import type { AnonymousCaller, CallConnection, DeviceCaller } from './service.ts';

export type ConnectionParts = {
  readonly link: Link;
  readonly address: string;
  readonly dispatcher: Dispatcher;
  readonly fanOut: FanOut;
  readonly devices: LiveDevices;
  /** Counts what this client makes the server hold. */
  readonly share: HeldShare;
  readonly serverName: string;
  readonly onLag: () => void;
};

/**
 * One client over any link: hello, requests and answers, pushed frames. Bounded on every side: requests
 * in flight and their bytes, subscriptions, and what waits for a slow reader, whose pushes turn into one
 * lag notice.
 */
export class Connection implements CallConnection, Receiver {
  readonly #parts: ConnectionParts;
  /** One look less for each of ten thousand pushes. */
  readonly #link: Link;
  #caller: AnonymousCaller | DeviceCaller;
  #version = 0;
  #inFlight = 0;
  #requestBytes = 0;
  /** Of a message whose end has not come. */
  #unfinishedBytes = 0;
  /** Of answers that the client has not taken yet: pushed frames are shared and not counted. */
  #answerBytes = 0;
  #closed = false;
  #outgoing = Outgoing.nothing;
  /** Whether something waited in the link after the last write: otherwise nobody needs to ask it. */
  #backlogged = false;
  /** Conversation topic → whether counters come too. */
  readonly #topics = new Map<string, boolean>();
  /** Topics whose pushes were dropped, with the newest seq that was. */
  #lagging: Map<string, number> | undefined;
  /** Made with the first read: most connections wait for pushes alone. */
  #reads: ReadTurns | undefined;
  /** Why no more calls are taken; the connection ends when those under way are answered. */
  #draining: HeliogramError | undefined;
  /** Counted among the live devices, until it leaves. */
  #present: DeviceId | undefined;
  #timedOut = false;
  /** For the sweep: set by every frame, cleared by every round. */
  #heard = true;

  constructor(parts: ConnectionParts) {
    this.#parts = parts;
    this.#link = parts.link;
    this.#caller = { kind: 'anonymous', address: parts.address };
  }

  get subscriptions(): number {
    return this.#topics.size;
  }

  /** Whether nothing came since the last time this was asked. */
  silentSinceLastRound(): boolean {
    const silent = !this.#heard;
    this.#heard = false;
    return silent;
  }

  /** So many bytes of a message are here, and its end is not. */
  receiving(bytes: number): void {
    this.#unfinishedBytes = bytes;
    this.#count();
  }

  /** One message of the client. Never throws: bad bytes end this connection alone. */
  receive(message: Uint8Array): void {
    if (this.#closed) return;
    this.#heard = true;
    try {
      this.#handle(decodeFrame(message));
    } catch (error) {
      this.end(error);
    }
  }

  #handle({ frame }: ClientFrame): void {
    if (this.#version === 0) {
      if (frame.case !== 'hello')
        throw new ValidationError('malformed', 'the first frame must be a hello');
      this.#welcome(frame.value);
    } else if (frame.case === 'request') this.#request(frame.value);
    else if (frame.case === 'ping')
      this.#send({ case: 'pong', value: { nonce: frame.value.nonce } });
    else throw new ValidationError('malformed', 'this frame is not expected here');
  }

  #welcome({ minVersion, maxVersion }: Hello): void {
    const { min, max } = limits.protocolVersion;
    const version = Math.min(max, maxVersion);
    if (version < Math.max(min, minVersion)) {
      throw new ValidationError(
        'version_unsupported',
        `this server supports protocol versions ${min} to ${max}`,
      );
    }
    this.#version = version;
    const { serverName } = this.#parts;
    this.#send({
      case: 'welcome',
      value: { version, heartbeatMs: limits.heartbeatMs, server: serverName },
    });
  }

  #request(request: Request): void {
    if (this.#inFlight >= limits.maxRequestsInFlightPerConnection) {
      const error = new ValidationError(
        'limit_reached',
        'too many calls at once on this connection',
      );
      this.#answer(request.id, { case: 'failure', value: failureOf(error) });
      return;
    }
    if (this.#draining) {
      this.#answer(request.id, { case: 'failure', value: failureOf(this.#draining) });
      return;
    }
    const bytes = request.payload.byteLength;
    this.#inFlight += 1;
    this.#requestBytes += bytes;
    this.#count();
    void this.#call(request).finally(() => {
      this.#inFlight -= 1;
      this.#requestBytes -= bytes;
      this.#count();
      if (this.#draining && this.#inFlight === 0) this.end(this.#draining);
    });
  }

  async #call(request: Request): Promise<void> {
    if (!this.#parts.dispatcher.waitsForTurn(request.method)) return this.#perform(request);
    this.#reads ??= new ReadTurns();
    await this.#reads.enter();
    if (this.#closed) return;
    await this.#perform(request);
    this.#reads.leave(!this.#overfull);
  }

  async #perform({ id, method, payload }: Request): Promise<void> {
    try {
      const context = { caller: this.#caller, connection: this };
      const answer = await this.#parts.dispatcher.call(method, payload, context);
      this.#answer(id, { case: 'payload', value: answer });
    } catch (error) {
      this.#answer(id, { case: 'failure', value: failureOf(error) });
    }
  }

  #answer(id: number, outcome: Parameters<typeof encodeAnswer>[1]): void {
    if (this.#closed) return;
    const wrapped = this.#parts.fanOut.wrap(encodeAnswer(id, outcome));
    this.#answerBytes += wrapped.byteLength;
    this.#queue(wrapped);
    this.#count();
  }

  /** Tells what is held for this client, and reads from it only while that is within bounds. */
  #count(): void {
    if (this.#closed) return;
    this.#parts.share.set(this.#requestBytes + this.#unfinishedBytes + this.#answerBytes);
    this.#pauseOrResume();
  }

  #pauseOrResume(): void {
    const tooMuch = this.#overfull || this.#requestBytes > limits.maxRequestBytesInFlight;
    this.#link.setPaused(tooMuch);
  }

  #send(frame: Parameters<typeof encodeFrame>[0]): void {
    if (!this.#closed) this.#queue(this.#parts.fanOut.wrap(encodeFrame(frame)));
  }

  #queue(wrapped: Uint8Array): void {
    this.#add(wrapped);
    // Answers are never dropped, so a client that does not take them is not asked for more.
    if (this.#overfull) this.#pauseOrResume();
  }

  #add(wrapped: Uint8Array): void {
    if (this.#outgoing === Outgoing.nothing) this.#parts.fanOut.schedule(this);
    this.#outgoing = this.#outgoing.followedBy(wrapped);
  }

  get #overfull(): boolean {
    const waiting = this.#outgoing.bytes + this.#link.backlogBytes;
    return waiting > limits.maxConnectionBacklogBytes;
  }

  push(topic: string, wrapped: Uint8Array, seq: number): void {
    if (this.#closed) return;
    const waits = this.#backlogged || this.#outgoing !== Outgoing.nothing;
    if (this.#lagging !== undefined || (waits && this.#overfull)) this.#drop(topic, seq);
    else this.#add(wrapped);
  }

  #drop(topic: string, seq: number): void {
    if (this.#lagging === undefined) {
      this.#lagging = new Map();
      this.#parts.onLag();
    }
    const known = this.#lagging.get(topic) ?? 0;
    if (seq > known) this.#lagging.set(topic, seq);
  }

  flush(): void {
    const outgoing = this.#outgoing;
    this.#outgoing = Outgoing.nothing;
    if (!this.#closed && outgoing !== Outgoing.nothing) this.#write(outgoing.join());
  }

  #write(chunk: Uint8Array): void {
    this.#link.write(chunk);
    this.#backlogged = this.#link.backlogBytes > 0;
    if (this.#answerBytes > 0 && !this.#backlogged) this.#answersTaken();
  }

  #answersTaken(): void {
    this.#answerBytes = 0;
    this.#count();
  }

  /** The other side took what waited: goes on reading, and says once what was dropped meanwhile. */
  drained(): void {
    if (this.#closed || this.#overfull) return;
    if (this.#answerBytes > 0 && this.#link.backlogBytes === 0) this.#answersTaken();
    this.#pauseOrResume();
    this.#reads?.taken();
    const dropped = this.#lagging;
    this.#lagging = undefined;
    for (const [topic, headSeq] of dropped ?? []) {
      if (this.#topics.has(topic)) {
        this.#send({ case: 'lag', value: { conversationId: topic.slice(TOPIC_PREFIX), headSeq } });
      }
    }
  }

  control(topic: string, message: Exclude<BusMessage, { kind: 'frame' }>): void {
    if (message.kind === 'sign-out') this.#signOut(message);
    else if (message.accountId === 'everybody' || message.accountId === this.#accountId) {
      this.#endSubscription(topic.slice(TOPIC_PREFIX));
    }
  }

  /** Said, so that whoever may still read subscribes again instead of waiting for what never comes. */
  #endSubscription(conversationId: string): void {
    this.unsubscribe(conversationId);
    this.#send({ case: 'ended', value: { conversationId } });
  }

  get #accountId(): string | undefined {
    return this.#caller.kind === 'device' ? this.#caller.accountId : undefined;
  }

  #signOut({ deviceId, code, message }: BusMessage & { kind: 'sign-out' }): void {
    const mine = this.#caller.kind === 'device' && this.#caller.deviceId === deviceId;
    if (deviceId === null || mine) this.end(errorFromCode(code, message));
  }

  signIn(caller: DeviceCaller): void {
    if (this.#caller.kind === 'device') this.#leaveAccount();
    this.#caller = caller;
    if (this.#closed) return;
    this.#parts.fanOut.join(accountTopic(caller.accountId), this);
    this.#parts.devices.entered(caller.deviceId);
    this.#present = caller.deviceId;
  }

  #leaveAccount(): void {
    if (this.#present !== undefined) {
      this.#parts.devices.left(this.#present, { silently: this.#timedOut });
      this.#present = undefined;
    }
    const accountId = this.#accountId;
    if (accountId !== undefined) this.#parts.fanOut.leave(accountTopic(accountId), this);
  }

  subscribe(conversationId: string, { counters }: { counters: boolean }): void {
    if (this.#closed) return;
    const topic = conversationTopic(conversationId);
    this.#topics.set(topic, counters);
    this.#parts.fanOut.join(topic, this);
    if (counters) this.#parts.fanOut.join(countersTopic(conversationId), this);
    else this.#parts.fanOut.leave(countersTopic(conversationId), this);
  }

  unsubscribe(conversationId: string): void {
    this.#topics.delete(conversationTopic(conversationId));
    this.#parts.fanOut.leave(conversationTopic(conversationId), this);
    this.#parts.fanOut.leave(countersTopic(conversationId), this);
  }

  /** Answers the calls under way, refuses new ones, then says why and closes. */
  drain(reason: HeliogramError): void {
    this.#draining ??= reason;
    if (this.#inFlight === 0) this.end(reason);
  }

  /** Says why and closes. What was queued before still goes out. */
  end(error: unknown): void {
    if (this.#closed) return;
    const goodbye = this.#parts.fanOut.wrap(encodeGoodbye(error));
    this.#link.write(this.#outgoing.followedBy(goodbye).join());
    this.closed();
    this.#link.close(error instanceof HeliogramError ? error.code : 'internal');
  }

  /** The link is gone, or about to be. */
  closed(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#outgoing = Outgoing.nothing;
    this.#parts.share.release();
    for (const topic of this.#topics.keys()) this.unsubscribe(topic.slice(TOPIC_PREFIX));
    this.#leaveAccount();
  }

  /** Of a client that said nothing for too long, or never hello. */
  timeOut(): void {
    this.#timedOut = true;
    this.end(new DependencyError('timeout', 'the connection was idle for too long'));
  }

  get ended(): boolean {
    return this.#closed;
  }

  get greeted(): boolean {
    return this.#version !== 0;
  }
}

/** Length of "c." in front of a conversation id. */
const TOPIC_PREFIX = conversationTopic('').length;

function decodeFrame(message: Uint8Array): ClientFrame {
  try {
    return fromBinary(ClientFrameSchema, message);
  } catch (error) {
    throw new ValidationError('malformed', 'the frame cannot be decoded', { cause: error });
  }
}

function encodeAnswer(
  id: number,
  outcome:
    | { case: 'payload'; value: Uint8Array }
    | { case: 'failure'; value: ReturnType<typeof failureOf> },
): Uint8Array {
  const frame = create(ServerFrameSchema, { frame: { case: 'response', value: { id, outcome } } });
  return toBinary(ServerFrameSchema, frame);
}
