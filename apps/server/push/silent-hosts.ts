import type { Runtime } from '../runtime.ts';
import type { Push, PushAnswer } from './pushing.ts';

const SILENCES = 3;
const FIRST_REST_MS = 15_000;
const MAX_REST_MS = 600_000;
const MAX_HOSTS = 10_000;

type Silence = { count: number; untilMs: number };

/**
 * Leaves hosts alone that did not answer several times in a row, ever longer: each of their pushes would
 * hold a place for seconds that others wait for. One answer, whatever it says, and all is well.
 */
export function sparingSilentHosts(push: Push, runtime: Pick<Runtime, 'monotonicMs'>): Push {
  const silences = new Map<string, Silence>();
  return async (subscription, signal): Promise<PushAnswer> => {
    const host = URL.parse(subscription.endpoint)?.host ?? '';
    const silence = silences.get(host);
    if (silence && silence.untilMs > runtime.monotonicMs()) return { kind: 'unreachable' };
    const answer = await push(subscription, signal);
    if (answer.kind === 'answered') silences.delete(host);
    else if (answer.kind === 'unreachable') wasSilent(silences, host, runtime.monotonicMs());
    return answer;
  };
}

function wasSilent(silences: Map<string, Silence>, host: string, nowMs: number): void {
  const silence = silences.get(host) ?? { count: 0, untilMs: 0 };
  silence.count += 1;
  const doublings = silence.count - SILENCES;
  if (doublings >= 0) {
    silence.untilMs = nowMs + Math.min(MAX_REST_MS, FIRST_REST_MS * 2 ** doublings);
  }
  // The longest unheard of makes room.
  silences.delete(host);
  silences.set(host, silence);
  const [oldest] = silences.keys();
  if (silences.size > MAX_HOSTS && oldest !== undefined) silences.delete(oldest);
}
