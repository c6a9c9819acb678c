import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Message } from '@bufbuild/protobuf';
import {
  Code,
  ConnectError,
  type ConnectRouter,
  createConnectRouter,
  createContextKey,
  createContextValues,
  type HandlerContext,
  type MethodImpl,
} from '@connectrpc/connect';
import {
  createAsyncIterable,
  type UniversalHandler,
  type UniversalServerResponse,
} from '@connectrpc/connect/protocol';
import { errorToJsonBytes } from '@connectrpc/connect/protocol-connect';
import {
  universalRequestFromNodeRequest,
  universalResponseToNodeResponse,
} from '@connectrpc/connect-node';
import {
  ERROR_CODES,
  FailureSchema,
  HeliogramError,
  isErrorCode,
  limits,
  ValidationError,
  VerificationError,
} from '@heliogram/protocol';
import type { Dispatcher } from './dispatcher.ts';
import { targetOf } from './request-target.ts';
import { failureOf } from './server-frames.ts';
import type { BoundService, Caller } from './service.ts';

type CallerLookup = { readonly caller: Caller } | { readonly error: HeliogramError };

const ERROR_HEADER = 'heliogram-error';

const callerKey = createContextKey<CallerLookup | undefined>(undefined);

export type ApiHandler = (request: IncomingMessage, response: ServerResponse) => void;

/** JSON carries bytes as base64, escapes text and names fields: so much more than the same in binary. */
const JSON_FACTOR = 3;
const JSON_EXTRA_BYTES = 1_024;

type ApiParts = {
  readonly services: readonly BoundService[];
  readonly dispatcher: Dispatcher;
  readonly callerOf: (request: IncomingMessage) => Caller;
  readonly addressOf: (request: IncomingMessage) => string;
  readonly next: ApiHandler;
};

/**
 * The same handlers over HTTP: the Connect protocol, binary or JSON, so that curl works. `next` gets every
 * request that is no call. Bodies are taken as they are, never decompressed.
 */
export function createConnectApi(parts: ApiParts): ApiHandler {
  const router = createConnectRouter({
    acceptCompression: [],
    requestGate: async (context) => explainRefusals(context),
    grpc: false,
    grpcWeb: false,
  });
  for (const { service } of parts.services) route(router, service, parts.dispatcher);
  const handlers = new Map(router.handlers.map((handler) => [handler.requestPath, handler]));
  return (request, response) => {
    const handler = handlers.get(targetOf(request).path);
    if (handler) void answerCall({ request, response, handler }, parts);
    else parts.next(request, response);
  };
}

type ApiCall = {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly handler: UniversalHandler;
};

async function answerCall(call: ApiCall, parts: ApiParts): Promise<void> {
  try {
    const answer = await answerOf(call, parts);
    const status = statusOf(answer.header?.get(ERROR_HEADER)) ?? answer.status;
    await universalResponseToNodeResponse({ ...answer, status }, call.response);
  } catch {
    // The client is gone, or sent what is no HTTP: there is nobody to answer.
    call.response.destroy();
  }
}

async function answerOf(call: ApiCall, parts: ApiParts): Promise<UniversalServerResponse> {
  const { request, response, handler } = call;
  const found = lookUp(() => parts.callerOf(request));
  try {
    if (request.method === 'POST') beforeBody(call, found, parts);
  } catch (error) {
    return refusalOf(toConnectError(error));
  }
  const values = createContextValues().set(callerKey, found);
  return handler(universalRequestFromNodeRequest(request, response, undefined, values));
}

/** What can be refused without reading the body is, so that nobody makes the server read it. */
function beforeBody({ request, handler }: ApiCall, found: CallerLookup, parts: ApiParts): void {
  const { dispatcher } = parts;
  const name = handler.requestPath.slice(1);
  const anonymous = { kind: 'anonymous', address: parts.addressOf(request) } as const;
  // A token that does not hold is charged to the address; where a device is needed this refuses already.
  dispatcher.enter(name, 'caller' in found ? found.caller : anonymous);
  if ('error' in found) throw found.error;
  const { 'content-encoding': coding = 'identity', 'content-length': length = '0' } =
    request.headers;
  if (coding !== 'identity') {
    throw new ValidationError('unsupported', 'this server does not accept compressed requests');
  }
  if (Number(length) > maxBodyBytes(dispatcher.maxRequestBytes(name))) throw tooLarge();
}

/** Of a body as JSON; the request in it is measured again once it is decoded. */
const maxBodyBytes = (maxRequestBytes = 0): number =>
  Math.min(limits.maxFrameBytes, maxRequestBytes * JSON_FACTOR + JSON_EXTRA_BYTES);

const tooLarge = (): ValidationError =>
  new ValidationError('too_large', 'the request is larger than the method allows');

function refusalOf(error: ConnectError): UniversalServerResponse {
  const header = new Headers(error.metadata);
  header.set('content-type', 'application/json');
  return { status: 500, header, body: createAsyncIterable([errorToJsonBytes(error, undefined)]) };
}

/** The status that our code has by `errors.md`: Connect's own is coarser. */
function statusOf(code: string | null | undefined): number | undefined {
  return code && isErrorCode(code) ? ERROR_CODES[code].http : undefined;
}

/**
 * The library refuses bodies that it cannot read with codes of its own, even as internal: what fails
 * before a handler runs is the caller's input, and says so in our terms. It aborts with its error
 * before it writes it.
 */
function explainRefusals({ signal, responseHeader }: HandlerContext): void {
  signal.addEventListener('abort', () => {
    const error: unknown = signal.reason;
    if (!(error instanceof ConnectError) || responseHeader.has(ERROR_HEADER) || isOurs(error))
      return;
    const large = error.code === Code.ResourceExhausted;
    const refusal = large
      ? tooLarge()
      : new ValidationError('malformed', 'the request cannot be decoded');
    if (!large) Object.assign(error, { code: Code.InvalidArgument });
    responseHeader.set(ERROR_HEADER, refusal.code);
    error.details.push({ desc: FailureSchema, value: failureOf(refusal) });
  });
}

const isOurs = (error: ConnectError): boolean => error.metadata.has(ERROR_HEADER);

/** A bad token fails the call that carries it, with a typed error. */
function lookUp(callerOf: () => Caller): CallerLookup {
  try {
    return { caller: callerOf() };
  } catch (error) {
    if (error instanceof HeliogramError) return { error };
    throw error;
  }
}

function route(
  router: ConnectRouter,
  service: BoundService['service'],
  dispatcher: Dispatcher,
): void {
  for (const method of service.methods) {
    if (method.methodKind !== 'unary') continue;
    const name = `${service.typeName}/${method.name}`;
    const call = async (request: Message, context: HandlerContext) => {
      try {
        return await dispatcher.callDecoded(name, request, { caller: callerFrom(context) });
      } catch (error) {
        throw toConnectError(error);
      }
    };
    const readMaxBytes = maxBodyBytes(dispatcher.maxRequestBytes(name));
    router.rpc(method, call as MethodImpl<typeof method>, { readMaxBytes });
  }
}

function callerFrom(context: HandlerContext): Caller {
  const found = context.values.get(callerKey);
  if (!found) throw new VerificationError('unauthenticated', 'the caller could not be identified');
  if ('error' in found) throw found.error;
  return found.caller;
}

const CONNECT_CODES: Readonly<Record<number, Code>> = {
  400: Code.InvalidArgument,
  401: Code.Unauthenticated,
  403: Code.PermissionDenied,
  404: Code.NotFound,
  409: Code.FailedPrecondition,
  410: Code.NotFound,
  413: Code.ResourceExhausted,
  415: Code.InvalidArgument,
  429: Code.ResourceExhausted,
  499: Code.Canceled,
  500: Code.Internal,
  501: Code.Unimplemented,
  503: Code.Unavailable,
  504: Code.DeadlineExceeded,
  507: Code.Unavailable,
};

/** Carries our stable code as a detail and a header beside Connect's coarser one. */
function toConnectError(error: unknown): ConnectError {
  const failure = failureOf(error);
  const { http } = ERROR_CODES[error instanceof HeliogramError ? error.code : 'internal'];
  const headers: Record<string, string> = { [ERROR_HEADER]: failure.code };
  if (failure.retryAfterMs > 0)
    headers['retry-after'] = String(Math.ceil(failure.retryAfterMs / 1_000));
  return new ConnectError(failure.message, CONNECT_CODES[http] ?? Code.Unknown, headers, [
    { desc: FailureSchema, value: failure },
  ]);
}
