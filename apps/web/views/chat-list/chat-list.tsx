import { type KeyboardEvent, lazy, type ReactNode, Suspense, useRef, useState } from 'react';
import type { ChatRow } from '../../bridge/contract/chats.ts';
import { useTexts } from '../../language/language.tsx';
import { useNow } from '../../view-models/clock.ts';
import { rowAfter } from '../../view-models/neighbours.ts';
import { ChatItem } from './chat-item.tsx';
import { useCalmReorder } from './use-calm-reorder.ts';

/** Shorter lists are drawn whole: quicker, and the browser's own search finds every row. */
const maxWhole = 100;

const LongRows = lazy(async () => ({ default: (await import('./long-rows.tsx')).LongRows }));

interface ChatListProps {
  readonly chats: readonly ChatRow[];
  readonly current: string | undefined;
  readonly empty: ReactNode;
}

/** Live rows; one of them is in the order of Tab, arrows go to the others. */
export function ChatList({ chats, current, empty }: ChatListProps) {
  const { chatList } = useTexts();
  const now = useNow();
  const scroll = useRef<HTMLDivElement>(null);
  const [visited, setVisited] = useState<string>();
  const stop = [visited, current].find((id) => chats.some((chat) => chat.conversationId === id));
  const stopId = stop ?? chats[0]?.conversationId;
  const item = (chat: ChatRow) => (
    <ChatItem
      chat={chat}
      now={now}
      current={chat.conversationId === current}
      tabStop={chat.conversationId === stopId}
      onVisit={() => setVisited(chat.conversationId)}
    />
  );
  const walk = (event: KeyboardEvent, reveal: (index: number) => void) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const at = chats.findIndex((chat) => chat.conversationId === stopId);
    const next = rowAfter(event.key, at, chats.length);
    const chat = next === undefined ? undefined : chats[next];
    if (!chat || next === undefined) return;
    event.preventDefault();
    // Whatever is in the order of Tab is drawn, however far it is.
    setVisited(chat.conversationId);
    reveal(next);
    focusRow(scroll.current, chat.conversationId);
  };
  if (chats.length === 0) return <div className="chat-list-scroll pane-fill">{empty}</div>;
  return (
    <div ref={scroll} className="chat-list-scroll">
      {chats.length > maxWhole ? (
        <Suspense>
          <LongRows
            chats={chats}
            label={chatList.title}
            scroll={scroll}
            kept={stopId}
            onWalk={walk}
            item={item}
          />
        </Suspense>
      ) : (
        <WholeRows chats={chats} label={chatList.title} onWalk={walk} item={item} />
      )}
    </div>
  );
}

interface WholeRowsProps {
  readonly chats: readonly ChatRow[];
  readonly label: string;
  readonly onWalk: (event: KeyboardEvent, reveal: (index: number) => void) => void;
  readonly item: (chat: ChatRow) => ReactNode;
}

function WholeRows({ chats, label, onWalk, item }: WholeRowsProps) {
  const list = useCalmReorder(chats.map((chat) => chat.conversationId).join());
  return (
    <ul
      ref={list}
      className="chat-list"
      aria-label={label}
      onKeyDown={(event) => onWalk(event, () => undefined)}
    >
      {chats.map((chat) => (
        <li key={chat.conversationId} data-id={chat.conversationId}>
          {item(chat)}
        </li>
      ))}
    </ul>
  );
}

/** A row of a long list may have to be drawn first: half a second is enough for that. */
const maxFrames = 30;

function focusRow(scroll: HTMLElement | null, id: string, tries = maxFrames): void {
  const row = scroll?.querySelector<HTMLElement>(`[data-chat="${id}"]`);
  row?.focus();
  // Drawn, but not measured yet, it is hidden and takes no focus.
  const there = row && row === document.activeElement;
  if (!there && tries > 0) requestAnimationFrame(() => focusRow(scroll, id, tries - 1));
}
