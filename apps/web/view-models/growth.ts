import type { DayView } from '../bridge/contract/management.ts';

/** Subscribers at the end of each day, counted back from how many there are now. */
export function subscribersByDay(days: readonly DayView[], now: number): readonly number[] {
  let count = now;
  return days
    .toReversed()
    .map(({ followed, left }) => {
      const atEnd = count;
      count -= followed - left;
      return Math.max(0, atEnd);
    })
    .toReversed();
}

/** Midnight UTC of a day such as `2026-11-26`. */
export function dayTime(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

const dayMs = 86_400_000;

/** The last `count` days up to today, those without a count too, so that a plot has their room. */
export function everyDay(days: readonly DayView[], count: number, now: number): readonly DayView[] {
  const known = new Map(days.map((day) => [day.day, day]));
  return Array.from({ length: count }, (_, index) => {
    const day = new Date(now - (count - 1 - index) * dayMs).toISOString().slice(0, 10);
    return known.get(day) ?? { day, followed: 0, left: 0, posts: 0, views: 0 };
  });
}
