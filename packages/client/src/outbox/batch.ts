import { LogService, limits, methodRules } from '@heliogram/protocol';
import type { OutboxItem } from '../store/port.ts';

/** What one entry takes in a request besides its payload, at most: ids, numbers, framing. */
const entryOverheadBytes = 48;
const requestOverheadBytes = 256;

/** The items, from the first on, that fit one append: by count, and by the size of the request. */
export function fittingBatch(
  items: readonly OutboxItem[],
  maxEntries: number,
): readonly OutboxItem[] {
  const room = methodRules(LogService.method.append).maxRequestBytes - requestOverheadBytes;
  let bytes = 0;
  const end = items.findIndex((item, i) => {
    bytes += item.payload.byteLength + entryOverheadBytes;
    return i >= maxEntries || (i > 0 && bytes > room);
  });
  return end === -1 ? items : items.slice(0, end);
}

/** Batch size after an append was refused for its rate, or passed: halves, or doubles up to the limit. */
export function nextBatchSize(size: number, passed: boolean): number {
  return passed ? Math.min(size * 2, limits.maxAppendBatch) : Math.max(1, Math.floor(size / 2));
}
