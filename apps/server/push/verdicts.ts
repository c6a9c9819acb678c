import type { PushAnswer } from './pushing.ts';

/** What becomes of a device's push after one attempt. */
export type Verdict =
  | { readonly kind: 'sent' }
  /** The push service knows the subscription no longer, or it may not be dialled: it goes. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'again'; readonly afterMs: number }
  | { readonly kind: 'failed' };

const MAX_ATTEMPTS = 4;
const FIRST_PAUSE_MS = 5_000;
const PAUSE_FACTOR = 4;
/** Whoever asks for more patience than this is left alone: the next post tries anew. */
const MAX_PAUSE_MS = 3_600_000;

/**
 * Judges the answer to the attempt with this number, from 1. `jitter` is 0 to 1. `now` is for push
 * services that name a date.
 */
export function verdictOf(
  answer: PushAnswer,
  { attempt, now, jitter }: { attempt: number; now: number; jitter: number },
): Verdict {
  if (answer.kind === 'refused') return { kind: 'gone' };
  const pause = FIRST_PAUSE_MS * PAUSE_FACTOR ** (attempt - 1) * (1 + jitter);
  if (answer.kind === 'unreachable') return again(pause, attempt);
  const { status, retryAfter } = answer;
  if (status >= 200 && status < 300) return { kind: 'sent' };
  if (status === 404 || status === 410) return { kind: 'gone' };
  if (status !== 429 && status < 500) return { kind: 'failed' };
  return again(Math.max(pause, askedPause(retryAfter, now)), attempt);
}

function again(afterMs: number, attempt: number): Verdict {
  const late = attempt >= MAX_ATTEMPTS || afterMs > MAX_PAUSE_MS;
  return late ? { kind: 'failed' } : { kind: 'again', afterMs };
}

/** Seconds or a date (RFC 9110 §10.2.3); anything else asks for nothing. */
function askedPause(retryAfter: string | undefined, now: number): number {
  if (retryAfter === undefined) return 0;
  if (/^\d{1,9}$/.test(retryAfter)) return Number(retryAfter) * 1_000;
  const date = Date.parse(retryAfter);
  return Number.isNaN(date) ? 0 : Math.max(0, date - now);
}
