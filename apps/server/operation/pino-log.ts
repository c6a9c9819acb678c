import { HeliogramError } from '@heliogram/protocol';
import { type DestinationStream, destination, pino } from 'pino';
import type { ServerConfig } from '../config/config.ts';
import type { Runtime } from '../runtime.ts';
import type { Log, LogFields } from '../telemetry.ts';

/** Causes of causes that are worth telling. */
const MAX_CAUSES = 4;
const STANDARD_ERROR = 2;

/**
 * JSON lines on stderr: an event, numbers, and of defects the place. Whatever an error says in words may
 * repeat what somebody sent, so only its class, code and stack frames are written.
 */
export function createLog(options: {
  readonly level: ServerConfig['logLevel'];
  readonly runtime: Runtime;
  /** Absent: stderr, written before the call returns, since the process may end at any time. */
  readonly stream?: DestinationStream;
}): Log {
  const { level, runtime, stream } = options;
  const log = pino(
    {
      level,
      base: null,
      messageKey: 'event',
      timestamp: () => `,"time":"${new Date(runtime.now()).toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    stream ?? destination({ fd: STANDARD_ERROR, sync: true }),
  );
  return {
    info: (event, fields: LogFields = {}) => log.info(fields, event),
    warn: (event, fields: LogFields = {}) => log.warn(fields, event),
    error: (event, error, fields: LogFields = {}) =>
      log.error({ ...fields, error: describe(error) }, event),
  };
}

type Description = {
  readonly class: string;
  readonly code?: string | number;
  readonly at?: readonly string[];
  readonly cause?: Description;
};

function describe(error: unknown, depth = 0): Description {
  if (!(error instanceof Error)) return { class: typeof error };
  const code = codeOf(error);
  const at = framesOf(error);
  const told = error.cause !== undefined && depth < MAX_CAUSES;
  return {
    class: error.constructor.name,
    ...(code !== undefined && { code }),
    ...(at.length > 0 && { at }),
    ...(told && { cause: describe(error.cause, depth + 1) }),
  };
}

/** Codes that programs give: ours, the system's ("ENOSPC") and SQLite's numbers. */
function codeOf(error: Error): string | number | undefined {
  if (error instanceof HeliogramError) return error.code;
  if ('errcode' in error && typeof error.errcode === 'number') return error.errcode;
  const plain = 'code' in error && typeof error.code === 'string' && /^[A-Z_]+$/.test(error.code);
  return plain ? String(error.code) : undefined;
}

/** The frames below the words, each without the directories of this installation. */
function framesOf({ stack = '', message }: Error): readonly string[] {
  const start = stack.indexOf(message);
  const below = start === -1 ? stack : stack.slice(start + message.length);
  return below
    .split('\n')
    .map((line) => FRAME.exec(line)?.[1])
    .filter((frame) => frame !== undefined)
    .map((frame) =>
      frame.replace(/(?:file:\/\/)?\/\S*?\/(?=(?:apps|packages|node_modules)\/)/, ''),
    );
}

const FRAME = /^ {4}at (.+:\d+:\d+\)?)$/;
