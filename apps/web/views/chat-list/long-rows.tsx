import { type KeyboardEvent, type ReactNode, type RefObject, useRef } from 'react';
import type { ChatRow } from '../../bridge/contract/chats.ts';
import { VirtualList, type VirtualListHandle } from '../../design/virtual-list/virtual-list.tsx';

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
const keyOfChat = ({ conversationId }: ChatRow): string => conversationId;

/** Draws only the rows in view. */
export function LongRows({ chats, label, scroll, kept, onWalk, item }: LongRowsProps) {
  const rows = useRef<VirtualListHandle>(null);
  const reveal = (index: number) => rows.current?.scrollToIndex(index, { align: 'nearest' });
  return (
    <nav aria-label={label} onKeyDown={(event) => onWalk(event, reveal)}>
      <VirtualList
        ref={rows}
        as="ul"
        scroller={scroll}
        rows={chats}
        keyOf={keyOfChat}
        rowPx={rowPx}
        keepDrawn={kept}
      >
        {item}
      </VirtualList>
    </nav>
  );
}
