import { ChannelsService, UsageError } from '@heliogram/protocol';
import type { CommandContext } from '../arguments/command.ts';
import { channelOf, conversationOf } from '../session/chat-reference.ts';
import { withSession } from '../session/session.ts';
import { targetOf } from './target.ts';

export async function editCommand(context: CommandContext): Promise<void> {
  const { args, out } = context;
  const seq = args.seq();
  await withSession(context, async (session) => {
    const conversationId = await conversationOf(session, args.word('CHAT'));
    await session.client.posts.edit(conversationId, seq, args.word('TEXT'));
  });
  out.done(`Post ${seq} edited.`);
}

export async function deleteCommand(context: CommandContext): Promise<void> {
  const { args, out } = context;
  const seq = args.seq();
  await withSession(context, async (session) => {
    const conversationId = await conversationOf(session, args.word('CHAT'));
    await session.client.posts.delete(conversationId, seq);
  });
  out.done(`Post ${seq} deleted.`);
}

export async function forwardCommand(context: CommandContext): Promise<void> {
  const { args, out } = context;
  const seq = args.seq();
  const posted = await withSession(context, async (session) => {
    const { conversationId, title } = await channelOf(session, args.word('CHAT'));
    const to = await channelOf(session, args.required('to'));
    const target = { ...targetOf(to, session), silent: args.on('silent') };
    return session.client.posts.forward({ conversationId, seq, title }, target);
  });
  out.done(`Forwarded as post ${posted.seq}.`);
}

export async function reactCommand(context: CommandContext): Promise<void> {
  const { args, out } = context;
  const seq = args.seq();
  const emoji = args.optionalWord('EMOJI') ?? '';
  if (emoji.length > 32) throw new UsageError('a reaction must be one emoji');
  await withSession(context, async (session) => {
    const conversationId = await conversationOf(session, args.word('CHAT'));
    await session.call(ChannelsService.method.react, { conversationId, seq, emoji });
  });
  out.done(emoji === '' ? 'Reaction removed.' : 'Reaction added.');
}

export const pinCommand = (context: CommandContext) => setPinned(context, true);
export const unpinCommand = (context: CommandContext) => setPinned(context, false);

async function setPinned(context: CommandContext, pinned: boolean): Promise<void> {
  const { args, out } = context;
  const seq = args.seq();
  await withSession(context, async (session) => {
    const conversationId = await conversationOf(session, args.word('CHAT'));
    await session.call(ChannelsService.method.setPinned, { conversationId, seq, pinned });
  });
  out.done(pinned ? `Post ${seq} pinned.` : `Post ${seq} unpinned.`);
}
