import type { Database } from '../storage/port.ts';
import { dayOf } from './days.ts';

/** Somebody came or went. */
export type Movement = {
  readonly conversation: number;
  readonly what: 'followed' | 'left';
  readonly now: number;
  readonly intervalMs: number;
};

/**
 * Counts a movement for its day. It stays in a row of its own, named "~day~interval", until the
 * interval has passed: daily figures that moved at once would tell who came or went (CHN-23).
 */
export async function recordMovement(database: Database, movement: Movement): Promise<void> {
  const { conversation, what, now, intervalMs } = movement;
  const interval = Math.floor(now / intervalMs);
  await foldMovements(database, { conversation, interval });
  await addToDay(database, {
    conversation,
    day: `${PENDING}${dayOf(now)}${PENDING}${interval}`,
    [what]: 1,
  });
}

/** Rows of the channel's days whose interval lies before the given one, by real day. */
export type DayFigures = {
  readonly conversation: number;
  readonly day: string;
  readonly followed?: number;
  readonly left?: number;
  readonly posts?: number;
  readonly views?: number;
};

export async function addToDay(database: Database, figures: DayFigures): Promise<void> {
  const { conversation, day, followed = 0, left = 0, posts = 0, views = 0 } = figures;
  await database
    .insertInto('channel_days')
    .values({ conversation, day, followed, left, posts, views })
    .onConflict((conflict) =>
      conflict.columns(['conversation', 'day']).doUpdateSet((row) => ({
        followed: row('channel_days.followed', '+', followed),
        left: row('channel_days.left', '+', left),
        posts: row('channel_days.posts', '+', posts),
        views: row('channel_days.views', '+', views),
      })),
    )
    .execute();
}

/** The real day of a pending row whose interval is over; undefined while it is not. */
export function settledDay(day: string, interval: number): string | undefined {
  if (!day.startsWith(PENDING)) return day;
  const [, realDay, index] = day.split(PENDING);
  return realDay !== undefined && Number(index) < interval ? realDay : undefined;
}

async function foldMovements(
  database: Database,
  { conversation, interval }: { readonly conversation: number; readonly interval: number },
): Promise<void> {
  const pending = await database
    .selectFrom('channel_days')
    .selectAll()
    .where('conversation', '=', conversation)
    .where('day', '>=', PENDING)
    .execute();
  for (const row of pending) {
    const day = settledDay(row.day, interval);
    if (day === undefined) continue;
    await addToDay(database, { ...row, day });
    await database
      .deleteFrom('channel_days')
      .where('conversation', '=', conversation)
      .where('day', '=', row.day)
      .execute();
  }
}

/** Sorts after every real day. */
const PENDING = '~';
