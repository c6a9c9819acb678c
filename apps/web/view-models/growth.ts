import type { DayView } from '../bridge/contract/management.ts';

/** Followers at the end of each day, counted back from how many there are now. */
export function followersByDay(days: readonly DayView[], now: number): readonly number[] {
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
