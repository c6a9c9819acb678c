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
  if (range.before === 0) throw new UsageError('--before must be 1 or more');
  return range;
}

type PageQuery = Range & { readonly conversationId: string; readonly authors: Authors };

/** As many entries as asked, in as many requests as that takes, oldest first. */
function fetchPage(session: Session, query: PageQuery): Promise<Page> {
  return query.after === undefined ? fetchBackwards(session, query) : fetchForwards(session, query);
}

async function fetchForwards({ call }: Session, query: PageQuery): Promise<Page> {
  const { conversationId, limit, authors, before } = query;
  const entries: Entry[] = [];
  let readTo = 0;
  for (let more = true; more && entries.length < limit; ) {
    const answer = await call(LogService.method.read, {
      conversationId,
      listed: true,
      fromStart: true,
      afterSeq: entries.at(-1)?.seq ?? query.after ?? 0,
      beforeSeq: before ?? 0,
      limit: Math.min(limit - entries.length, limits.maxReadLimit),
    });
    authors.learn(answer.authors);
    entries.push(...answer.entries);
    more = answer.more && answer.entries.length > 0;
    // At the end of the log edits and deletions after the last post are read too.
    const atEnd = before === undefined && !answer.more;
    readTo = atEnd ? answer.headSeq : (entries.at(-1)?.seq ?? 0);
  }
  return { entries, readTo };
}

async function fetchBackwards({ call }: Session, query: PageQuery): Promise<Page> {
  const { conversationId, limit, authors, before } = query;
  let entries: readonly Entry[] = [];
  let readTo = 0;
  for (let more = true; more && entries.length < limit; ) {
    const answer = await call(LogService.method.read, {
      conversationId,
      listed: true,
      beforeSeq: entries[0]?.seq ?? before ?? 0,
      limit: Math.min(limit - entries.length, limits.maxReadLimit),
    });
    authors.learn(answer.authors);
    // The first answer holds the newest.
    const newest = before === undefined ? answer.headSeq : (answer.entries.at(-1)?.seq ?? 0);
    readTo = Math.max(readTo, newest);
    entries = [...answer.entries, ...entries];
    more = answer.more && answer.entries.length > 0;
  }
  return { entries, readTo };
}
