import {
  ChannelsService,
  InternalError,
  username as parseUsername,
  UsageError,
} from '@heliogram/protocol';
import type { CommandContext } from '../arguments/command.ts';
import { printable } from '../output/terminal-text.ts';
import { inviteLink } from '../session/chat-reference.ts';
import { withSession } from '../session/session.ts';
import { plainSettings, settingsFrom } from './settings.ts';

export async function channelCreateCommand(context: CommandContext): Promise<void> {
  const { args, out } = context;
  const chosen = args.value('username');
  if (chosen !== undefined && args.on('private')) {
    throw new UsageError(
      '--private cannot be combined with --username: a channel with a username is public',
    );
  }
  const username = chosen === undefined ? '' : parseUsername(chosen);
  const title = args.required('title');
  const settings = settingsFrom(args, { ...plainSettings, unlisted: username === '' });
  const description = args.value('description') ?? '';
  const { created, origin } = await withSession(context, async ({ call, device }) => ({
    created: await call(ChannelsService.method.createChannel, {
      title,
      username,
      description,
      settings,
    }),
    origin: device.origin,
  }));
  const { channel, inviteToken } = created;
  if (!channel) throw new InternalError('the server created the channel but did not return it');
  const { conversationId } = channel;
  const way = inviteToken === '' ? `@${channel.username}` : inviteLink(origin, inviteToken);
  const result = inviteToken === '' ? { username: channel.username } : { inviteLink: way };
  out.result({ conversationId, ...result }, ({ bold, dim }) =>
    [`${bold(printable(channel.title))}  ${way}`, dim(conversationId)].join('\n'),
  );
}
