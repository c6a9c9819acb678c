import { createContext, use } from 'react';
import type { ChannelFacts, PostView } from '../../bridge/contract/log.ts';
import type { PostAction } from '../../view-models/log-actions.ts';

/** Where a menu or picker opens: beside an element, or where the pointer was. */
export type Spot = HTMLElement | { readonly x: number; readonly y: number };

/** What a post can ask of the screen around it. The same object as long as the screen stands. */
export interface ChannelActs {
  readonly run: (action: PostAction, post: PostView) => void;
  /** The same emoji again takes it back. */
  readonly react: (post: PostView, emoji: string) => void;
  readonly openPicker: (post: PostView, spot: Spot) => void;
  readonly openViewer: (key: string) => void;
  readonly jumpTo: (seq: number, from?: number) => void;
  /** `range`: everything from the last chosen one. */
  readonly toggleSelected: (seq: number, range: boolean) => void;
  readonly searchFor: (words: string) => void;
  readonly showPerson: (username: string) => void;
  readonly copyText: (text: string, said: string) => void;
  readonly retryOutgoing: (id: string) => void;
  readonly discardOutgoing: (id: string) => void;
}

export interface ChannelScene {
  readonly channel: ChannelFacts;
  /** Absent: nobody is signed in. */
  readonly accountId: string | undefined;
  /** Absent: nothing is being selected. */
  readonly selected: ReadonlySet<number> | undefined;
  readonly acts: ChannelActs;
}

export const ChannelSceneContext = createContext<ChannelScene | null>(null);

export function useScene(): ChannelScene {
  const scene = use(ChannelSceneContext);
  if (!scene) throw new Error('a post stands outside of a channel');
  return scene;
}
