import { viewEntry } from '@heliogram/client';
import { type Entry, LogService, limits, UsageError } from '@heliogram/protocol';
import type { CommandContext } from '../arguments/command.ts';
import { conversationOf } from '../session/chat-reference.ts';
import { type Session, withSession } from '../session/session.ts';
import { Authors } from './authors.ts';
import { showEntries } from './show-entries.ts';

type Page = { readonly entries: readonly Entry[]; readonly readTo: number };

export async function readCommand(context: CommandContext): Promise<void> {
  const range = rangeOf(context);
  await withSession(context, async (session) => {
    const conversationId = await conversationOf(session, context.args.word('CHAT'));
    const authors = new Authors(session);
    const { entries, readTo } = await fetchPage(session, { conversationId, ...range, authors });
    const views = entries.map((entry) => viewEntry(conversationId, entry));
    const known = await authors.of(views.map(({ authorId }) => authorId));
    showEntries(context.out, views, known);
    if (readTo > 0) {
      const marks = [{ conversationId, seq: readTo }];
      await session.call(LogService.method.acknowledge, { marks });
    }
  });
}

type Range = {
  readonly limit: number;
  readonly before: number | undefined;
  readonly after: number | undefined;
};

function rangeOf({ args }: CommandContext): Range {
  const limit = args.number('limit', { min: 1, max: 1_000_000 }) ?? limits.defaultReadLimit;
  const range = { limit, before: args.seqFlag('before'), after: args.seqFlag('after') };
  if (range.before === 0) throw new UsageError('--before is a number from 1 on');
  return range;
}

type PageQuery = Range & { readonly conversationId: string; readonly authors: Authors };

/** As many entries as asked, in as many requests as that takes, oldest first. */
async function fetchPage({ call }: Session, query: PageQuery): Promise<Page> {
  const { conversationId, limit, after, authors } = query;
  const fromStart = after !== undefined;
  let { before } = query;
  let cursor = after ?? 0;
  let entries: Entry[] = [];
  let readTo = 0;
  for (let more = true; more && entries.length < limit; ) {
    const answer = await call(LogService.method.read, {
      conversationId,
      listed: true,
      fromStart,
      afterSeq: cursor,
      beforeSeq: before ?? 0,
      limit: Math.min(limit - entries.length, limits.maxReadLimit),
    });
    authors.learn(answer.authors);
    const page = answer.entries;
    entries = fromStart ? [...entries, ...page] : [...page, ...entries];
    const atEnd = fromStart ? before === undefined && !answer.more : query.before === undefined;
    readTo = Math.max(readTo, atEnd ? answer.headSeq : (page.at(-1)?.seq ?? 0));
    more = answer.more && page.length > 0;
    if (fromStart) cursor = page.at(-1)?.seq ?? cursor;
    else before = page[0]?.seq;
  }
  return { entries, readTo };
}
