import { ChannelsService, limits } from '@heliogram/protocol';
import type { ConversationPolicy } from '../conversations/policy.ts';
import { type BoundService, bindService } from '../gateway/service.ts';
import { eraseAccount } from './account-removal.ts';
import { adminHandlers } from './admins.ts';
import { Background } from './background.ts';
import { CounterPushes } from './counter-pushes.ts';
import { creatingHandlers } from './creating.ts';
import { DayPosts } from './day-posts.ts';
import { deletingHandlers, finishDeletions } from './deleting.ts';
import { directoryHandlers } from './directory.ts';
import { followingHandlers } from './following.ts';
import { inviteHandlers } from './invites.ts';
import { joinRequestHandlers } from './join-requests.ts';
import { MarkPurge } from './mark-purge.ts';
import { settleMedia } from './media-settling.ts';
import { type ChannelModeration, channelModeration } from './moderation.ts';
import { PendingMedia } from './pending-media.ts';
import { pinHandlers } from './pins.ts';
import { channelPolicy } from './policy.ts';
import { postSearchHandlers } from './post-search.ts';
import { reactionHandlers } from './reactions.ts';
import { readingHandlers } from './reading.ts';
import { readingPostsHandlers } from './reading-posts.ts';
import { finishRedactions } from './redactions.ts';
import type { ChannelHandlers, ChannelsOptions, Room } from './room.ts';
import { scheduleHandlers } from './schedule.ts';
import { ScheduleAlarm } from './schedule-alarm.ts';
import { fireDuePosts } from './schedule-firing.ts';
import { ScheduledMedia } from './schedule-media.ts';
import { settingsHandlers } from './settings.ts';
import { statisticsHandlers } from './statistics.ts';
import { SubscriberCounts } from './subscriber-counts.ts';

/** The room of channels: its service, its part of the log, and the doors for other rooms. */
export type Channels = ChannelModeration & {
  readonly service: BoundService;
  readonly policy: ConversationPolicy;
  /** Finishes what a crash left half done; from then on counts move and scheduled posts fire. */
  start(): Promise<void>;
  /** Ends timers and waits for work under way. */
  stop(): Promise<void>;
  /**
   * Deletes the account's channels and everything that ties the account to others: subscriptions
   * (counts follow), reactions, requests, invites, scheduled posts. Call it before the account's row
   * goes; calling it again finishes what a crash interrupted.
   */
  eraseAccount(account: number): Promise<void>;
};

export function createChannels(options: ChannelsOptions): Channels {
  const room = furnish(options);
  const counts = new SubscriberCounts(room);
  const scheduledMedia = new ScheduledMedia(room);
  const markPurge = new MarkPurge(room);
  return {
    service: bindService(ChannelsService, handlers(room)),
    policy: channelPolicy(room),
    ...channelModeration(room),
    eraseAccount: (account) => eraseAccount(room, account),
    start: async () => {
      await finishDeletions(room);
      await finishRedactions(room);
      // Before media are swept: what posts show, and what scheduled ones will.
      room.background.run('settle media', () => settleMedia(room));
      room.background.run('files of scheduled posts', () => scheduledMedia.start());
      await room.background.idle();
      counts.start();
      markPurge.start();
      room.alarm.start(() => fireDuePosts(room));
    },
    stop: async () => {
      counts.stop();
      room.alarm.stop();
      scheduledMedia.stop();
      markPurge.stop();
      room.counterPushes.stop();
      await room.dayPosts.flush();
      await room.background.idle();
    },
  };
}

function furnish(options: ChannelsOptions): Room {
  const { runtime, report } = options;
  const intervalMs = options.subscriberCountIntervalMs ?? limits.subscriberCountIntervalMs;
  const background = new Background(report);
  return {
    ...options,
    subscriberCountIntervalMs: intervalMs,
    background,
    counterPushes: new CounterPushes({ ...options, background }),
    dayPosts: new DayPosts({ ...options, background }),
    pendingMedia: new PendingMedia(),
    alarm: new ScheduleAlarm(runtime, background),
  };
}

function handlers(room: Room): ChannelHandlers {
  return {
    ...creatingHandlers(room),
    ...readingHandlers(room),
    ...readingPostsHandlers(room),
    ...settingsHandlers(room),
    ...deletingHandlers(room),
    ...followingHandlers(room),
    ...inviteHandlers(room),
    ...joinRequestHandlers(room),
    ...adminHandlers(room),
    ...pinHandlers(room),
    ...reactionHandlers(room),
    ...scheduleHandlers(room),
    ...statisticsHandlers(room),
    ...directoryHandlers(room),
    ...postSearchHandlers(room),
  };
}
