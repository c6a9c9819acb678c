import { ChannelsService } from '@heliogram/protocol';
import type { CommandContext } from '../arguments/command.ts';
import { conversationOf } from '../session/chat-reference.ts';
import { withSession } from '../session/session.ts';

export async function channelStatsCommand(context: CommandContext): Promise<void> {
  const days = context.args.number('days', { min: 1, max: 366 }) ?? 30;
  const statistics = await withSession(context, async (session) => {
    const conversationId = await conversationOf(session, context.args.word('CHAT'));
    return session.call(ChannelsService.method.getStatistics, { conversationId, days });
  });
  context.out.list(statistics.days, {
    json: ({ day, followed, left, posts, views }) => ({ day, followed, left, posts, views }),
    columns: [
      { title: 'DAY', text: ({ day }) => day },
      { title: 'FOLLOWED', text: ({ followed }) => String(followed), align: 'right' },
      { title: 'LEFT', text: ({ left }) => String(left), align: 'right' },
      { title: 'POSTS', text: ({ posts }) => String(posts), align: 'right' },
      { title: 'VIEWS', text: ({ views }) => String(views), align: 'right' },
    ],
    empty: 'No statistics yet.',
  });
}
