import { type GetChannelRequest, username, ValidationError } from '@heliogram/protocol';
import type { Caller } from '../gateway/service.ts';
import type { Database } from '../storage/port.ts';
import {
  type ChannelAccess,
  type ChannelRef,
  findChannel,
  isOwner,
  isVisible,
  noSuchChannel,
  requireStanding,
} from './access.ts';
import { describeChannels } from './channel-view.ts';
import { hasRequested } from './join-requests.ts';
import type { ChannelHandlers, Room } from './room.ts';

export function readingHandlers(room: Room): Pick<ChannelHandlers, 'getChannel'> {
  return {
    getChannel: async (request, { caller }) => {
      const access = await openFace(room.storage.db, caller, channelRef(request));
      if (!isOwner(access)) requireStanding(access);
      const [channel] = await describeChannels(room, [access]);
      return channel ? { channel } : {};
    },
  };
}

function channelRef({ ref }: GetChannelRequest): ChannelRef {
  if (ref.case === 'conversationId') return { conversationId: ref.value };
  if (ref.case === 'username') return { username: username(ref.value) };
  throw new ValidationError('invalid_argument', 'channel is required');
}

/** A channel that the caller sees, or waits to be let into. */
async function openFace(
  database: Database,
  caller: Caller,
  ref: ChannelRef,
): Promise<ChannelAccess> {
  const access = await findChannel(database, caller, ref);
  if (access && (isVisible(access) || (await waits(database, access)))) return access;
  throw noSuchChannel();
}

async function waits(database: Database, access: ChannelAccess): Promise<boolean> {
  const { account, channel } = access;
  return account !== null && channel.owner !== 0 && hasRequested(database, access, account);
}
