import {
  memo,
  type ReactNode,
  type Ref,
  type RefObject,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useReducer,
  useRef,
  useState,
} from 'react';
import { flushSync } from 'react-dom';
import {
  type Driver,
  getScrollSize,
  type ScrollToIndex,
  UPDATE_SCROLL_EVENT,
  UPDATE_SIZE_EVENT,
  UPDATE_VIRTUAL_STATE,
} from './core.ts';
import { Holding } from './holding.ts';

/** What can be asked of a list and done to it; offsets and sizes in pixels. */
export interface VirtualListHandle {
  readonly scrollOffset: number;
  readonly scrollSize: number;
  readonly viewportSize: number;
  readonly findItemIndex: (offset: number) => number;
  readonly getItemOffset: (index: number) => number;
  readonly scrollToIndex: (index: number, options?: ScrollToIndex) => void;
  readonly scrollTo: (offset: number) => void;
}

interface VirtualListProps<Row> {
  readonly rows: readonly Row[];
  /** What makes a row the same row, wherever it stands. */
  readonly keyOf: (row: Row) => string;
  /** Draws a row; the same function as long as it draws the same. */
  readonly children: (row: Row) => ReactNode;
  /** The element that scrolls: an ancestor. */
  readonly scroller: RefObject<HTMLElement | null>;
  readonly ref?: Ref<VirtualListHandle>;
  readonly as?: 'div' | 'ul';
  /** What is seen stays where it is when rows come, go or change places above it. */
  readonly anchored?: boolean;
  /** What a row takes, where all are alike. */
  readonly rowPx?: number;
  /** So far beyond what is seen rows are drawn, the way one scrolls. */
  readonly aheadPx?: number;
  /** Drawn wherever one scrolls: the row that has the focus. */
  readonly keepDrawn?: string | undefined;
  readonly onScroll?: () => void;
  /** The size of a row or of the list is another one. */
  readonly onResize?: () => void;
}

/** Draws only the rows in view and some beyond, and moves nothing that is being read. */
export function VirtualList<Row>(props: VirtualListProps<Row>) {
  const { rows, keyOf, children, scroller, ref, as: List = 'div', keepDrawn } = props;
  const { anchored = false, aheadPx = 200, rowPx, onScroll, onResize } = props;
  const keys = useMemo(() => rows.map(keyOf), [rows, keyOf]);
  const [holding] = useState(() => new Holding(keys, { rowPx, scroller: () => scroller.current }));
  const { store, layout, driver } = holding;
  // In this drawing, not after it: what is drawn and where it stands must be of the same rows.
  if (layout.keys !== keys) holding.arrange(keys, anchored);
  const [version, drawAgain] = useReducer(
    store.$getStateVersion,
    undefined,
    store.$getStateVersion,
  );
  const container = useRef<HTMLElement>(null);
  useListening(holding, { container, scroller, drawAgain, onScroll, onResize });
  // biome-ignore lint/correctness/useExhaustiveDependencies: what moved is made good after each change.
  useLayoutEffect(() => holding.settle(), [version]);
  useImperativeHandle(ref, () => handleOf(holding), [holding]);
  return (
    <List
      ref={container as RefObject<never>}
      style={{
        contain: 'size style',
        // The browser's own anchoring would move what is moved here already.
        overflowAnchor: 'none',
        flex: 'none',
        position: 'relative',
        inlineSize: '100%',
        blockSize: store.$getTotalSize(),
      }}
    >
      {drawnIndexes(holding, aheadPx, keepDrawn).map((index) => (
        <ListRow
          key={keys[index]}
          as={List === 'ul' ? 'li' : 'div'}
          row={rows[index] as Row}
          slot={layout.slotOf(keys[index] ?? '')}
          offset={store.$getItemOffset(index)}
          isHidden={layout.isGuessed(index)}
          driver={driver}
          draw={children as (row: unknown) => ReactNode}
        />
      ))}
    </List>
  );
}

/** In their order, so that Tab goes through them in it. */
function drawnIndexes(
  { store, layout }: Holding,
  aheadPx: number,
  keepDrawn: string | undefined,
): readonly number[] {
  const [first, last] = store.$getRange(aheadPx);
  const drawn = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
  const kept = keepDrawn === undefined ? -1 : layout.indexOf(keepDrawn);
  if (kept >= 0 && kept < first) return [kept, ...drawn];
  return kept > last ? [...drawn, kept] : drawn;
}

interface ListRowProps {
  readonly as: 'div' | 'li';
  readonly row: unknown;
  /** Its number where it is measured. */
  readonly slot: number;
  readonly offset: number;
  /** It was never measured: where it stands is a guess. */
  readonly isHidden: boolean;
  readonly driver: Driver;
  readonly draw: (row: unknown) => ReactNode;
}

const ListRow = memo(function ListRow(props: ListRowProps) {
  const { as: Item, row, slot, offset, isHidden, driver, draw } = props;
  const element = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    return element.current ? driver.$observeItem(element.current, slot) : undefined;
  }, [driver, slot]);
  const content = useMemo(() => draw(row), [draw, row]);
  return (
    <Item
      ref={element as RefObject<never>}
      style={{
        contain: 'layout style',
        position: 'absolute',
        inlineSize: '100%',
        insetInlineStart: 0,
        insetBlockStart: offset,
        visibility: isHidden ? 'hidden' : undefined,
      }}
    >
      {content}
    </Item>
  );
});

interface Listening {
  readonly container: RefObject<HTMLElement | null>;
  readonly scroller: RefObject<HTMLElement | null>;
  readonly drawAgain: () => void;
  readonly onScroll: (() => void) | undefined;
  readonly onResize: (() => void) | undefined;
}

function useListening({ store, driver }: Holding, listening: Listening): void {
  const newest = useRef(listening);
  useLayoutEffect(() => {
    newest.current = listening;
  });
  useLayoutEffect(() => {
    store.$subscribe(UPDATE_VIRTUAL_STATE, (sync) => {
      const { drawAgain } = newest.current;
      if (sync) flushSync(drawAgain);
      else drawAgain();
    });
    store.$subscribe(UPDATE_SCROLL_EVENT, () => newest.current.onScroll?.());
    store.$subscribe(UPDATE_SIZE_EVENT, () => newest.current.onResize?.());
    // The element that scrolls is an ancestor, whose ref is set after this.
    queueMicrotask(() => {
      const { container, scroller } = newest.current;
      if (container.current && scroller.current) {
        driver.$observe(container.current, scroller.current);
      }
    });
    return () => {
      store.$dispose();
      driver.$dispose();
    };
  }, [store, driver]);
}

function handleOf({ store, layout, driver }: Holding): VirtualListHandle {
  return {
    get scrollOffset() {
      return store.$getScrollOffset();
    },
    get scrollSize() {
      return getScrollSize(store);
    },
    get viewportSize() {
      return store.$getViewportSize();
    },
    findItemIndex: (offset) => layout.$findIndex(offset),
    getItemOffset: (index) => store.$getItemOffset(index),
    scrollToIndex: (index, options) => driver.$scroll(index, options),
    scrollTo: (offset) => driver.$scroll(undefined, { offset }),
  };
}
