import { ConversationKind, type ConversationSummary, LogService } from '@heliogram/protocol';
import type { CommandContext } from '../arguments/command.ts';
import { printable, shorten } from '../output/terminal-text.ts';
import { type Session, withSession } from '../session/session.ts';

const KINDS: ReadonlyMap<ConversationKind, string> = new Map([
  [ConversationKind.CHANNEL, 'channel'],
  [ConversationKind.DIRECT, 'direct'],
  [ConversationKind.GROUP, 'group'],
  [ConversationKind.SECRET, 'secret'],
]);

export async function chatsCommand(context: CommandContext): Promise<void> {
  const chats = await withSession(context, listAll);
  context.out.list(chats, {
    json: ({ conversationId, kind, title, unread, role }) => ({
      conversationId,
      kind: KINDS.get(kind) ?? 'channel',
      title,
      unread,
      ...(role === 'requested' && { state: role }),
    }),
    columns: [
      { title: 'UNREAD', text: ({ unread }) => (unread > 0 ? String(unread) : ''), align: 'right' },
      { title: 'TITLE', text: ({ title }) => shorten(printable(title), 40), shrinks: true },
      {
        title: 'CHAT',
        text: ({ username, conversationId }) => (username ? `@${username}` : conversationId),
      },
      { title: 'KIND', text: ({ kind }) => KINDS.get(kind) ?? '' },
      { title: '', text: ({ role, muted }) => (muted ? `${role}, muted` : role) },
    ],
    empty: 'No chats yet. To find channels: heliogram directory',
  });
}

async function listAll({ call }: Session): Promise<readonly ConversationSummary[]> {
  const all: ConversationSummary[] = [];
  for (let more = true; more; ) {
    const afterConversationId = all.at(-1)?.conversationId ?? '';
    const page = await call(LogService.method.listConversations, { afterConversationId });
    all.push(...page.conversations);
    more = page.more && page.conversations.length > 0;
  }
  return all;
}
