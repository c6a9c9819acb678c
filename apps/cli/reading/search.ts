import { type EntryView, viewEntry } from '@heliogram/client';
import { ChannelsService, type PostHit } from '@heliogram/protocol';
import type { CommandContext } from '../arguments/command.ts';
import { shortTime } from '../output/output.ts';
import type { Style } from '../output/style.ts';
import { printable } from '../output/terminal-text.ts';
import { conversationOf } from '../session/chat-reference.ts';
import { withSession } from '../session/session.ts';
import { Authors } from './authors.ts';
import { entryJson } from './entry-json.ts';

export async function searchCommand(context: CommandContext): Promise<void> {
  const { args, out } = context;
  const limit = args.number('limit', { min: 1, max: 100 }) ?? 50;
  const offset = args.number('offset', { min: 0, max: 10_000 }) ?? 0;
  const query = args.word('WORDS');
  await withSession(context, async (session) => {
    const chat = args.value('chat');
    const conversationId = chat === undefined ? '' : await conversationOf(session, chat);
    const request = { query, conversationId, limit, offset };
    const found = await session.call(ChannelsService.method.searchPosts, request);
    const authors = new Authors(session);
    authors.learn(found.authors);
    const hits = found.hits.flatMap(viewHit);
    const known = await authors.of(hits.map(({ view }) => view.authorId));
    for (const { hit, view } of hits) {
      out.result(entryJson(view, known), (style) => hitText(hit, view, style));
    }
    if (hits.length === 0 && !out.json) out.done('Nothing found.');
  });
}

function viewHit(hit: PostHit): { readonly hit: PostHit; readonly view: EntryView }[] {
  return hit.entry ? [{ hit, view: viewEntry(hit.conversationId, hit.entry) }] : [];
}

function hitText(hit: PostHit, view: EntryView, { bold, dim, accent }: Style): string {
  const head = `${accent(printable(hit.title))}  ${bold(String(view.seq))}  ${dim(shortTime(view.sentAt))}`;
  return `${head}\n${highlighted(hit, bold)}`;
}

function highlighted({ snippet, highlights }: PostHit, mark: (text: string) => string): string {
  let text = '';
  let at = 0;
  for (let i = 0; i + 1 < highlights.length; i += 2) {
    const start = highlights[i] ?? 0;
    const end = highlights[i + 1] ?? 0;
    if (start < at || end <= start) continue;
    text += printable(snippet.slice(at, start)) + mark(printable(snippet.slice(start, end)));
    at = end;
  }
  return text + printable(snippet.slice(at));
}
