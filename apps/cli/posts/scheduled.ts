import { timestampMs } from '@bufbuild/protobuf/wkt';
import { textOfPayload } from '@heliogram/client';
import { ChannelsService, type ScheduledPost } from '@heliogram/protocol';
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
    json: ({ scheduledId, failure, ...post }) => ({
      scheduledId,
      at: isoTime(timeOf(post)),
      text: textOfPayload(post.payload),
      ...(failure && { failure: { code: failure.code, message: failure.message } }),
    }),
    columns: [
      { title: 'ID', text: ({ scheduledId }) => scheduledId },
      { title: 'AT', text: (post) => shortTime(timeOf(post)) },
      { title: 'TEXT', text: ({ payload }) => shorten(printable(textOfPayload(payload)), 48) },
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
  out.done('It will not be posted.');
}

function timeOf({ at }: Pick<ScheduledPost, 'at'>): number {
  return at ? timestampMs(at) : 0;
}
