import { msOf } from '@heliogram/client';
import type { Channel } from '@heliogram/protocol';
import type { CommandContext } from '../arguments/command.ts';
import { shortTime } from '../output/output.ts';
import type { Style } from '../output/style.ts';
import { counted, printable } from '../output/terminal-text.ts';
import { channelOf } from '../session/chat-reference.ts';
import { withSession } from '../session/session.ts';
import { channelJson } from './channel-json.ts';

export async function channelInfoCommand(context: CommandContext): Promise<void> {
  const channel = await withSession(context, (session) =>
    channelOf(session, context.args.word('CHAT')),
  );
  context.out.result(channelJson(channel), (style) => describe(channel, style));
}

function describe(channel: Channel, { bold, dim, warning }: Style): string {
  const { title, username, description, createdAt, subscribers, posts, role } = channel;
  const facts = [
    counted(subscribers, 'subscriber'),
    counted(posts, 'post'),
    `created ${shortTime(msOf(createdAt))}`,
    `you: ${role || 'none'}`,
  ];
  const { takenDownReason, settings, pinnedSeqs } = channel;
  const traits = [
    settings?.unlisted && 'invite-only: the server operator can read it',
    settings?.signPosts && 'posts are signed',
    settings?.forbidForwarding && 'no forwarding',
    settings?.forbidReactions && 'no reactions',
    pinnedSeqs.length > 0 && `pinned: ${pinnedSeqs.join(', ')}`,
  ].filter((trait) => typeof trait === 'string');
  return [
    `${bold(printable(title))}${username === '' ? '' : `  @${username}`}`,
    ...(description === '' ? [] : [printable(description, true)]),
    facts.join(' · '),
    ...(traits.length > 0 ? [traits.join(' · ')] : []),
    ...(takenDownReason === ''
      ? []
      : [warning(`Removed by the server operator: ${printable(takenDownReason)}`)]),
    dim(channel.conversationId),
  ].join('\n');
}
