import { shownBlocks } from '@heliogram/content';
import type { Block } from '../bridge/contract/log.ts';

/** The post as readers will see it. */
export function previewBlocks(text: string): readonly Block[] {
  return shownBlocks(text);
}
