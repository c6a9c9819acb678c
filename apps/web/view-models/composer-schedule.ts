export type Preset = 'one-hour' | 'this-evening' | 'tomorrow-morning' | 'next-monday';

export interface PresetTime {
  readonly preset: Preset;
  readonly at: number;
}

/** The server takes no posts for times further away. */
export const maxAheadMs = 365 * 86_400_000;
const minAheadMs = 60_000;

/** Times that people choose most, in local time, soonest first. */
export function schedulePresets(now: number): readonly PresetTime[] {
  const evening = atHour(now, 0, 19);
  const toMonday = (8 - new Date(now).getDay()) % 7 || 7;
  const times: PresetTime[] = [
    { preset: 'one-hour', at: now + 3_600_000 },
    { preset: 'tomorrow-morning', at: atHour(now, 1, 9) },
    { preset: 'next-monday', at: atHour(now, toMonday, 9) },
  ];
  if (evening - now > 2 * 3_600_000) times.splice(1, 0, { preset: 'this-evening', at: evening });
  return times.filter(({ at }, i) => times.findIndex((other) => other.at === at) === i);
}

function atHour(now: number, days: number, hour: number): number {
  const day = new Date(now);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + days, hour).getTime();
}

/** The value of a `datetime-local` field, to the minute, in local time. */
export function localFieldValue(at: number): string {
  const day = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  const date = `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
  return `${date}T${two(day.getHours())}:${two(day.getMinutes())}`;
}

export type ScheduleChoice =
  | { readonly ok: true; readonly at: number }
  | { readonly ok: false; readonly reason: 'missing' | 'past' | 'far' };

export function readLocalField(value: string, now: number): ScheduleChoice {
  const at = value === '' ? Number.NaN : new Date(value).getTime();
  if (Number.isNaN(at)) return { ok: false, reason: 'missing' };
  if (at < now + minAheadMs) return { ok: false, reason: 'past' };
  return at > now + maxAheadMs ? { ok: false, reason: 'far' } : { ok: true, at };
}
