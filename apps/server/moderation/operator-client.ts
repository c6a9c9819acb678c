import { existsSync } from 'node:fs';
import type { Socket } from 'node:net';
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
  errorFromCode,
  HeliogramError,
  RequestSchema,
  ResponseSchema,
  ValidationError,
} from '@heliogram/protocol';
import type { Runtime } from '../runtime.ts';
import type { DataDirectory } from '../storage/data-directory.ts';
import { connectTo } from './dialling.ts';
import type { OperatorDispatch } from './operator-channel.ts';
import { FrameReader, frame } from './operator-frames.ts';
import { withShortPath } from './socket-path.ts';

/** The operator's methods without a server: the data directory itself, taken for this call. */
export interface OfflineOperator {
  readonly dispatch: OperatorDispatch;
  close(): Promise<void>;
}

export type OperatorCall<I extends DescMessage, O extends DescMessage> = {
  readonly paths: Pick<DataDirectory, 'path' | 'databaseFile' | 'operatorSocket'>;
  readonly runtime: Runtime;
  readonly method: DescMethodUnary<I, O>;
  readonly request: MessageInitShape<I>;
  /** Takes the directory's lock; throws `unavailable` while a server has it. */
  readonly openOffline: () => Promise<OfflineOperator>;
};

/** A server that starts or stops holds the lock without listening: for so long it is asked again. */
const PATIENCE_MS = 5_000;
const PAUSE_MS = 100;

/**
 * Calls a method as the operator (MOD-11): over the socket while a server runs, on the data directory
 * itself while none does. Throws what the method throws, `not_found` where no server ever ran, and
 * `unavailable` when the directory is in use and nothing answers.
 */
export async function callOperator<I extends DescMessage, O extends DescMessage>(
  call: OperatorCall<I, O>,
): Promise<MessageShape<O>> {
  const { method, paths, request, runtime } = call;
  if (!existsSync(paths.databaseFile)) {
    throw new ValidationError('not_found', `${paths.path} is not the data directory of a server`);
  }
  const payload = toBinary(method.input, create(method.input, request));
  const name = `${method.parent.typeName}/${method.name}`;
  const deadline = runtime.monotonicMs() + PATIENCE_MS;
  for (;;) {
    const answer = await attempt(call, name, payload);
    if (answer instanceof Uint8Array) return fromBinary(method.output, answer);
    if (runtime.monotonicMs() >= deadline) throw answer.busy;
    await pause(runtime);
  }
}

/** A timer of the runtime keeps no process alive; here somebody waits for the answer. */
function pause(runtime: Runtime): Promise<void> {
  return new Promise((resolve) => {
    runtime.after(PAUSE_MS, resolve);
  });
}

async function attempt(
  { paths, openOffline }: Pick<OperatorCall<never, never>, 'paths' | 'openOffline'>,
  name: string,
  payload: Uint8Array,
): Promise<Uint8Array | { readonly busy: HeliogramError }> {
  const socket = await withShortPath(paths.operatorSocket, connectTo);
  if (socket) return askServer(socket, name, payload);
  const offline = await openOr(openOffline);
  if (offline instanceof HeliogramError) return { busy: offline };
  try {
    return await offline.dispatch(name, payload, { caller: { kind: 'operator', address: '' } });
  } finally {
    await offline.close();
  }
}

async function openOr(
  openOffline: () => Promise<OfflineOperator>,
): Promise<OfflineOperator | HeliogramError> {
  try {
    return await openOffline();
  } catch (error) {
    if (error instanceof HeliogramError && error.code === 'unavailable') return error;
    throw error;
  }
}

async function askServer(socket: Socket, method: string, payload: Uint8Array): Promise<Uint8Array> {
  try {
    const request = create(RequestSchema, { id: 1, method, payload });
    socket.write(frame(toBinary(RequestSchema, request)));
    return await firstAnswer(socket);
  } finally {
    socket.destroy();
  }
}

async function firstAnswer(socket: Socket): Promise<Uint8Array> {
  const reader = new FrameReader();
  for await (const chunk of socket) {
    for (const message of reader.push(chunk)) return outcomeOf(message);
  }
  throw new DependencyError('unavailable', 'the server stopped before it answered');
}

function outcomeOf(message: Uint8Array): Uint8Array {
  const { outcome } = fromBinary(ResponseSchema, message);
  if (outcome.case === 'payload') return outcome.value;
  const failure = outcome.value;
  throw errorFromCode(
    failure?.code ?? 'internal',
    failure?.message ?? 'the server sent an empty answer',
  );
}
