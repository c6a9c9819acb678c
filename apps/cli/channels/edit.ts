import {
  type Channel,
  ChannelsService,
  username as parseUsername,
  UsageError,
} from '@heliogram/protocol';
import { avatarOf } from '../accounts/profile.ts';
import type { CommandContext } from '../arguments/command.ts';
import { channelOf, conversationOf } from '../session/chat-reference.ts';
import { withSession } from '../session/session.ts';
import { plainSettings, settingFlags, settingsFrom } from './settings.ts';

export async function channelEditCommand(context: CommandContext): Promise<void> {
  const { args, out } = context;
  const changes = ['title', 'username', 'description', 'avatar', ...settingFlags];
  if (!changes.some((flag) => args.on(flag))) {
    throw new UsageError(`nothing to change: use ${changes.map((flag) => `--${flag}`).join(', ')}`);
  }
  await withSession(context, async (session) => {
    const channel = await channelOf(session, args.word('CHAT'));
    const avatar = args.value('avatar');
    const avatarMediaId =
      avatar === undefined ? undefined : await avatarOf(session, avatar, out.json);
    await session.call(ChannelsService.method.updateChannel, {
      conversationId: channel.conversationId,
      ...fieldsOf(context, channel),
      ...(avatarMediaId !== undefined && { avatarMediaId }),
    });
  });
  out.done('Changed.');
}

function fieldsOf({ args }: CommandContext, channel: Channel) {
  const title = args.value('title');
  const description = args.value('description');
  const username = args.value('username');
  return {
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(username !== undefined && { username: username === '' ? '' : parseUsername(username) }),
    ...(settingFlags.some((flag) => args.on(flag)) && {
      settings: settingsFrom(args, channel.settings ?? plainSettings),
    }),
  };
}

export async function channelDeleteCommand(context: CommandContext): Promise<void> {
  await withSession(context, async (session) => {
    const conversationId = await conversationOf(session, context.args.word('CHAT'));
    await session.call(ChannelsService.method.deleteChannel, { conversationId });
  });
  context.out.done('Channel deleted.');
}
