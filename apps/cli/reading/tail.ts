import { type LogEvent, viewEntry } from '@heliogram/client';
import type { CommandContext } from '../arguments/command.ts';
import type { Style } from '../output/style.ts';
import { conversationOf } from '../session/chat-reference.ts';
import { onInterruption } from '../session/interruption.ts';
import { tellOutages } from '../session/outages.ts';
import { type Session, withSession } from '../session/session.ts';
import { Authors } from './authors.ts';
import { entryJson } from './entry-json.ts';
import { entryText } from './entry-text.ts';

export async function tailCommand(context: CommandContext): Promise<void> {
  const { args, out } = context;
  const afterSeq = args.seqFlag('after');
  await untilInterrupted(context, async (session) => {
    tellOutages(session, context);
    const conversationId = await conversationOf(session, args.word('CHAT'));
    const follow = session.client.follower.follow(conversationId, { afterSeq });
    const authors = new Authors(session);
    for await (const event of follow) {
      await show(event, { context, conversationId, authors });
      // A reader that is slow is waited for: meanwhile pushes turn into catch-up reads.
      await out.flushed();
    }
  });
}

/** An interruption is the normal end, whatever was waited for. */
async function untilInterrupted(
  context: CommandContext,
  work: (session: Session) => Promise<void>,
): Promise<void> {
  let interrupted = false;
  const run = async (session: Session) => {
    onInterruption(() => {
      interrupted = true;
      session.client.connection.close();
    });
    await work(session);
  };
  await withSession(context, run, { persistence: 'keep-trying' }).catch((error: unknown) => {
    if (!interrupted) throw error;
  });
}

async function show(
  event: LogEvent,
  {
    context: { out },
    conversationId,
    authors,
  }: {
    readonly context: CommandContext;
    readonly conversationId: string;
    readonly authors: Authors;
  },
): Promise<void> {
  if (event.type === 'live') {
    out.result({ event: 'ready', seq: event.headSeq }, ({ dim }) =>
      dim(`Waiting for posts after ${event.headSeq}.`),
    );
  }
  if (event.type === 'rewound') {
    const { fromSeq, toSeq } = event;
    out.result({ event: 'rewound', seq: toSeq, lostUpToSeq: fromSeq }, ({ dim }) =>
      dim(`The server was restored from a backup. Entries ${toSeq + 1} to ${fromSeq} were lost.`),
    );
  }
  if (event.type !== 'entry') return;
  const view = viewEntry(conversationId, event.entry);
  const known = await authors.of([view.authorId]);
  const text = (style: Style) => `\n${entryText(view, known, style)}`;
  out.result(entryJson(view, known), text);
}
