import type { ChannelsService } from '@heliogram/protocol';
import type { ConversationLog } from '../conversations/log.ts';
import type { Notices } from '../conversations/notices.ts';
import type { ProfileSource } from '../conversations/policy.ts';
import type { Handlers } from '../gateway/service.ts';
import type { Runtime } from '../runtime.ts';
import type { Storage } from '../storage/port.ts';
import type { Background } from './background.ts';
import type { CounterPushes } from './counter-pushes.ts';
import type { DayPosts } from './day-posts.ts';
import type { MediaClaims } from './media-claims.ts';
import type { PendingMedia } from './pending-media.ts';
import type { ScheduleAlarm } from './schedule-alarm.ts';
import type { ChannelSearch } from './search-port.ts';

/** What the room of channels is built from. */
export type ChannelsOptions = {
  readonly storage: Storage;
  readonly log: ConversationLog;
  readonly notices: Notices;
  readonly runtime: Runtime;
  readonly profiles: ProfileSource;
  readonly media: MediaClaims;
  readonly search: ChannelSearch;
  /** Work that nobody waits for failed. `what` names it without content, names or addresses. */
  readonly report: (what: string, error: unknown) => void;
  /** The shown subscriber count changes at most so often. Default: `limits.subscriberCountIntervalMs`. */
  readonly subscriberCountIntervalMs?: number;
};

/** What every feature of the room works with. */
export type Room = Required<ChannelsOptions> & {
  readonly background: Background;
  readonly counterPushes: CounterPushes;
  readonly dayPosts: DayPosts;
  readonly pendingMedia: PendingMedia;
  readonly alarm: ScheduleAlarm;
};

export type ChannelHandlers = Handlers<typeof ChannelsService>;
