import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Message } from '@bufbuild/protobuf';
import {
  Code,
  ConnectError,
  type ConnectRouter,
  createContextKey,
  createContextValues,
  type HandlerContext,
  type ServiceImpl,
} from '@connectrpc/connect';
import { connectNodeAdapter } from '@connectrpc/connect-node';
import {
  ERROR_CODES,
  FailureSchema,
  HeliogramError,
  limits,
  ValidationError,
  VerificationError,
} from '@heliogram/protocol';
import type { Dispatcher } from './dispatcher.ts';
import { failureOf } from './server-frames.ts';
import type { BoundService, Caller } from './service.ts';

type CallerLookup = { readonly caller: Caller } | { readonly error: HeliogramError };

const ERROR_HEADER = 'heliogram-error';

const callerKey = createContextKey<CallerLookup | undefined>(undefined);

export type ApiHandler = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * The same handlers over HTTP: the Connect protocol, binary or JSON, so that curl works. `next` gets
 * whatever is no call.
 */
export function createConnectApi(parts: {
  readonly services: readonly BoundService[];
  readonly dispatcher: Dispatcher;
  readonly callerOf: (request: IncomingMessage) => Caller;
  readonly next: ApiHandler;
}): ApiHandler {
  return connectNodeAdapter({
    routes: (router) => {
      for (const { service } of parts.services) route(router, service, parts.dispatcher);
    },
    contextValues: (request) =>
      createContextValues().set(
        callerKey,
        lookUp(() => parts.callerOf(request as IncomingMessage)),
      ),
    fallback: (request, response) =>
      parts.next(request as IncomingMessage, response as ServerResponse),
    readMaxBytes: limits.maxFrameBytes,
    requestGate: async (context) => explainRefusals(context),
    grpc: false,
    grpcWeb: false,
  });
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
    const tooLarge = error.code === Code.ResourceExhausted;
    const refusal = tooLarge
      ? new ValidationError('too_large', 'the request is larger than any method allows')
      : new ValidationError('malformed', 'the request cannot be decoded');
    if (!tooLarge) Object.assign(error, { code: Code.InvalidArgument });
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
  const methods = service.methods.map((method) => [
    method.localName,
    async (request: Message, context: HandlerContext) => {
      try {
        const name = `${service.typeName}/${method.name}`;
        return await dispatcher.callDecoded(name, request, { caller: callerFrom(context) });
      } catch (error) {
        throw toConnectError(error);
      }
    },
  ]);
  router.service(service, Object.fromEntries(methods) as ServiceImpl<typeof service>);
}

function callerFrom(context: HandlerContext): Caller {
  const found = context.values.get(callerKey);
  if (!found) throw new VerificationError('unauthenticated', 'the caller is unknown');
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
