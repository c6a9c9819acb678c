import type {
  DescMethod,
  DescMethodUnary,
  DescService,
  MessageInitShape,
  MessageShape,
} from '@bufbuild/protobuf';
import type { AccountId, DeviceId } from '@heliogram/protocol';

/** Who calls, established by the gateway before any handler runs. */
export type Caller = AnonymousCaller | DeviceCaller | OperatorCaller;

/** `address` is for rate limits only: never stored, never logged. */
export type AnonymousCaller = { readonly kind: 'anonymous'; readonly address: string };

export type DeviceCaller = {
  readonly kind: 'device';
  readonly address: string;
  /** Row id of the account. */
  readonly account: number;
  readonly accountId: AccountId;
  readonly deviceId: DeviceId;
};

export type OperatorCaller = { readonly kind: 'operator'; readonly address: string };

/** The live connection behind a call, for the few methods that act on it. */
export interface CallConnection {
  /** From now on the connection speaks as this device. */
  signIn(caller: DeviceCaller): void;
  subscribe(conversationId: string, options: { counters: boolean }): void;
  unsubscribe(conversationId: string): void;
  readonly subscriptions: number;
}

export type CallContext = {
  readonly caller: Caller;
  /** Absent over plain HTTP. */
  readonly connection?: CallConnection;
};

type Handler<M extends DescMethod> = (
  request: MessageShape<M['input']>,
  context: CallContext,
) => Promise<MessageInitShape<M['output']>> | MessageInitShape<M['output']>;

/** One function per method of a service, by its local name. */
export type Handlers<S extends DescService> = {
  readonly [Name in keyof S['method']]: S['method'][Name] extends DescMethodUnary
    ? Handler<S['method'][Name]>
    : never;
};

/** A service ready to be called over any transport. */
export type BoundService = {
  readonly service: DescService;
  readonly handlers: Readonly<Record<string, Handler<DescMethod>>>;
};

/** Ties handlers to their contract; the compiler refuses a missing or misspelt one. */
export function bindService<S extends DescService>(
  service: S,
  handlers: Handlers<S>,
): BoundService {
  return { service, handlers: handlers as BoundService['handlers'] };
}
