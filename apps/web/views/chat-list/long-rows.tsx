import { type KeyboardEvent, type ReactNode, type RefObject, useRef } from 'react';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import type { ChatRow } from '../../bridge/contract/chats.ts';

interface LongRowsProps {
  readonly chats: readonly ChatRow[];
  readonly label: string;
  readonly scroll: RefObject<HTMLDivElement | null>;
  /** The row in the order of Tab stays drawn, or Tab would skip the list. */
  readonly kept: string | undefined;
  readonly onWalk: (event: KeyboardEvent, reveal: (index: number) => void) => void;
  readonly item: (chat: ChatRow) => ReactNode;
}

const rowPx = 64;

/** Draws only the rows in view. */
export function LongRows({ chats, label, scroll, kept, onWalk, item }: LongRowsProps) {
  const rows = useRef<VirtualizerHandle>(null);
  const keptIndex = chats.findIndex((chat) => chat.conversationId === kept);
  const reveal = (index: number) => rows.current?.scrollToIndex(index, { align: 'nearest' });
  return (
    <nav aria-label={label} onKeyDown={(event) => onWalk(event, reveal)}>
      <Virtualizer
        ref={rows}
        as="ul"
        item="li"
        scrollRef={scroll}
        itemSize={rowPx}
        keepMounted={keptIndex === -1 ? [] : [keptIndex]}
        data={chats}
      >
        {(chat) => <div key={chat.conversationId}>{item(chat)}</div>}
      </Virtualizer>
    </nav>
  );
}
