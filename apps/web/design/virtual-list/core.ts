import * as unstable from 'virtua/unstable_core';

// The library gives its core without types and calls it unstable: its version is pinned, and what is
// used of it is written down here and nowhere else.

/** Where rows are. Indexes count rows from 0; offsets and sizes are pixels. */
export interface Layout {
  $getRange(startOffset: number, endOffset: number): [start: number, end: number];
  $findIndex(offset: number): number;
  $getItemOffset(index: number): number;
  $getItemSize(index: number): number;
  /** Without a size: the row at this index was never measured. With one: what was observed under this number has it. */
  $isSizeEqual(indexOrObserved: number, size?: number): boolean;
  /** `resizes`: the numbers that rows are observed under, and their sizes. */
  $setItemSizes(resizes: readonly (readonly [number, number])[], viewportSize: number): void;
  $getTotalSize(): number;
  $getLength(): number;
  $setLength(length: number, isShift?: boolean): void;
  /** What an unmeasured row takes is still a guess. */
  $isEstimating(): boolean;
}

/** What is scrolled to, which rows are drawn for it, and what moves when rows are measured. */
export interface Store {
  $dispose(): void;
  /** Another one after each change. */
  $getStateVersion(): number;
  $getRange(bufferSize?: number): [start: number, end: number];
  $getItemOffset(index: number): number;
  $getScrollOffset(): number;
  $isScrolling(): boolean;
  $getViewportSize(): number;
  $getTotalSize(): number;
  /** What the driver saw. Sizes, and nothing else, come as an array: the numbers that rows are observed under, and pixels. */
  $update(what: number, seen?: unknown, more?: unknown): void;
  $subscribe(target: number, changed: (sync?: boolean) => void): () => void;
}

export interface ScrollToIndex {
  readonly align?: 'start' | 'center' | 'end' | 'nearest';
  readonly smooth?: boolean;
  readonly offset?: number;
}

/** Reads and moves the element that scrolls. */
export interface Driver {
  $observe(container: HTMLElement, viewport: HTMLElement): void;
  $dispose(): void;
  /** After each drawing: makes good by scrolling what moved above. */
  $effect(): void;
  /** Under a number of ours, with which its sizes come to the layout. */
  $observeItem(row: HTMLElement, number: number): () => void;
  $scroll(index: number | undefined, options?: ScrollToIndex): void;
}

/** Other rows for a layout. Where a row is, is asked before and after: what lies between is made good. */
export interface Arrangement {
  $getItemOffset(index: number): number;
  /** Answers whether anything is another than it was. */
  $relayout(): boolean;
}

interface Core {
  createVirtualStore(layout: Layout): Store;
  createContainerDriver(store: Store, layout: Layout, isHorizontal: boolean): Driver;
  getScrollSize(store: Store): number;
  relayout(store: Store, arrangement: Arrangement): void;
  readonly UPDATE_VIRTUAL_STATE: number;
  readonly UPDATE_SIZE_EVENT: number;
  readonly UPDATE_SCROLL_EVENT: number;
}

export const {
  createVirtualStore,
  createContainerDriver,
  getScrollSize,
  relayout,
  UPDATE_VIRTUAL_STATE,
  UPDATE_SIZE_EVENT,
  UPDATE_SCROLL_EVENT,
}: Core = unstable;
