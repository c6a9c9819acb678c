import type { MessageInitShape } from '@bufbuild/protobuf';
import type { DayStatisticsSchema } from '@heliogram/protocol';
import { type ChannelAccess, openChannel, requireRight } from './access.ts';
import { deviceOf } from './callers.ts';
import { DAY_MS, dayOf } from './days.ts';
import { settledDay } from './movements.ts';
import type { ChannelHandlers, Room } from './room.ts';

const DEFAULT_DAYS = 30;

type Day = { followed: number; left: number; posts: number; views: number };

export function statisticsHandlers(room: Room): Pick<ChannelHandlers, 'getStatistics'> {
  return {
    getStatistics: async (request, context) => {
      const access = await openChannel(room.storage.db, deviceOf(context), request);
      requireRight(access, 'manage');
      await room.dayPosts.flush();
      return { days: await daysBack(room, access, request.days || DEFAULT_DAYS) };
    },
  };
}

/** Every day from so many back, or from the channel's first, until today, oldest first. */
async function daysBack(
  room: Room,
  { channel }: ChannelAccess,
  back: number,
): Promise<MessageInitShape<typeof DayStatisticsSchema>[]> {
  const now = room.runtime.now();
  const first = Math.max(now - (back - 1) * DAY_MS, Math.min(channel.created_at, now));
  const days = new Map<string, Day>();
  for (let at = Date.parse(dayOf(first)); at <= now; at += DAY_MS) {
    days.set(dayOf(at), { followed: 0, left: 0, posts: 0, views: 0 });
  }
  const rows = await room.storage.db
    .selectFrom('channel_days')
    .selectAll()
    .where('conversation', '=', channel.conversation)
    .where('day', '>=', dayOf(first))
    .execute();
  const interval = Math.floor(now / room.subscriberCountIntervalMs);
  for (const row of rows) {
    const day = days.get(settledDay(row.day, interval) ?? '');
    if (!day) continue;
    day.followed += row.followed;
    day.left += row.left;
    day.posts += row.posts;
    day.views += row.views;
  }
  return [...days].map(([day, figures]) => ({ day, ...figures }));
}
