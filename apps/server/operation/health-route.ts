import type { HttpRoute } from '../gateway/http-server.ts';
import type { Runtime } from '../runtime.ts';
import type { Storage } from '../storage/port.ts';
import { sendPage } from './page.ts';

/** An answer serves everybody who asks within this time: asking costs nobody anything. */
const FRESH_MS = 1_000;
const ANSWER_WITHIN_MS = 2_000;

export type Health = 'ok' | 'draining' | 'storage' | 'storage_full';

/** With less than this left on the disk the database may fail to write. */
const MIN_FREE_BYTES = 16 * 1_048_576;

/**
 * /healthz: 200 while the server takes work, its storage answers and its disk has room, otherwise 503. The body is one
 * JSON object with a word, nothing about the machine. `clock` is `jumped` after a jump forward until it is undone or 15
 * minutes have passed.
 */
export function healthRoute(parts: {
  readonly storage: Storage;
  readonly runtime: Runtime;
  readonly draining: () => boolean;
  /** Bytes that the disk of the data directory has left. */
  readonly freeBytes: () => Promise<number>;
  /** Whether the system clock jumped forward and is not assumed to be right yet. */
  readonly clockIsUnsettled?: () => boolean;
}): HttpRoute {
  const { runtime } = parts;
  let known: { readonly answer: Promise<Health>; readonly atMs: number } | undefined;
  const health = (): Promise<Health> => {
    if (parts.draining()) return Promise.resolve('draining');
    const nowMs = runtime.monotonicMs();
    if (!known || nowMs - known.atMs >= FRESH_MS) known = { answer: ask(parts), atMs: nowMs };
    return known.answer;
  };
  return {
    prefix: '/healthz',
    async handle(request, response) {
      const status = await health();
      const clock = parts.clockIsUnsettled?.() ? 'jumped' : undefined;
      sendPage(
        { request, response },
        {
          status: status === 'ok' ? 200 : 503,
          type: 'application/json',
          body: `${JSON.stringify(clock ? { status, clock } : { status })}\n`,
        },
      );
    },
  };
}

async function ask({
  storage,
  runtime,
  freeBytes,
}: {
  readonly storage: Storage;
  readonly runtime: Runtime;
  readonly freeBytes: () => Promise<number>;
}): Promise<Health> {
  const late = new Promise<Health>((resolve) => {
    runtime.after(ANSWER_WITHIN_MS, () => resolve('storage'));
  });
  const answers = storage.db
    .selectFrom('settings')
    .select('key')
    .limit(1)
    .execute()
    .then(freeBytes);
  return Promise.race([
    late,
    answers.then(
      (free) => (free < MIN_FREE_BYTES ? ('storage_full' as const) : ('ok' as const)),
      () => 'storage' as const,
    ),
  ]);
}
