import { msOf, textOfPayload } from '@heliogram/client';
import { ChannelsService } from '@heliogram/protocol';
import type { CommandContext } from '../arguments/command.ts';
import { isoTime, shortTime } from '../output/output.ts';
import { printable, shorten } from '../output/terminal-text.ts';
import { conversationOf } from '../session/chat-reference.ts';
import { withSession } from '../session/session.ts';

export async function scheduledCommand(context: CommandContext): Promise<void> {
  const { posts } = await withSession(context, async (session) => {
    const conversationId = await conversationOf(session, context.args.word('CHAT'));
    return session.call(ChannelsService.method.listScheduledPosts, { conversationId });
  });
  context.out.list(posts, {
    json: ({ scheduledId, failure, at, payload }) => ({
      scheduledId,
      at: isoTime(msOf(at)),
      text: textOfPayload(payload),
      ...(failure && { failure: { code: failure.code, message: failure.message } }),
    }),
    columns: [
      { title: 'ID', text: ({ scheduledId }) => scheduledId },
      { title: 'AT', text: (post) => shortTime(msOf(post.at)) },
      {
        title: 'TEXT',
        text: ({ payload }) => shorten(printable(textOfPayload(payload)), 48),
        shrinks: true,
      },
      { title: '', text: ({ failure }) => printable(failure?.message ?? '') },
    ],
    empty: 'Nothing waits.',
  });
}

export async function unscheduleCommand(context: CommandContext): Promise<void> {
  const { args, out } = context;
  await withSession(context, async (session) => {
    const conversationId = await conversationOf(session, args.word('CHAT'));
    const scheduledId = args.word('ID');
    const request = { conversationId, scheduledId };
    await session.call(ChannelsService.method.cancelScheduledPost, request);
  });
  out.done('Scheduled post deleted.');
}
