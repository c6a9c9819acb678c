import { ChannelsService } from '@heliogram/protocol';
import type { CommandContext } from '../arguments/command.ts';
import { printable } from '../output/terminal-text.ts';
import { conversationOf, inviteToken } from '../session/chat-reference.ts';
import { type Session, withSession } from '../session/session.ts';

export async function channelFollowCommand(context: CommandContext): Promise<void> {
  const { args, out } = context;
  const { channel, requested } = await withSession(context, async (session) => {
    const ref = await followRef(session, args.word('CHAT|LINK'));
    return session.call(ChannelsService.method.follow, { ref });
  });
  if (requested) {
    return out.result({ ok: true, requested }, () => 'Request sent. An admin must approve it.');
  }
  const title = printable(channel?.title ?? 'the channel');
  return out.done(`You now follow ${title}.`);
}

async function followRef(session: Session, reference: string) {
  const token = inviteToken(reference, session.device.origin);
  if (token !== undefined) return { case: 'inviteToken', value: token } as const;
  return { case: 'conversationId', value: await conversationOf(session, reference) } as const;
}

export async function channelLeaveCommand(context: CommandContext): Promise<void> {
  await withSession(context, async (session) => {
    const conversationId = await conversationOf(session, context.args.word('CHAT'));
    await session.call(ChannelsService.method.leave, { conversationId });
  });
  context.out.done('You left the channel.');
}

export const muteCommand = (context: CommandContext) => setMuted(context, true);
export const unmuteCommand = (context: CommandContext) => setMuted(context, false);

async function setMuted(context: CommandContext, muted: boolean): Promise<void> {
  await withSession(context, async (session) => {
    const conversationId = await conversationOf(session, context.args.word('CHAT'));
    await session.call(ChannelsService.method.setMuted, { conversationId, muted });
  });
  context.out.done(muted ? 'Muted.' : 'Unmuted.');
}
