import type { ToWindow, ToWorker } from '../../bridge/messages.ts';

/** Between the workers of all tabs. One of them leads and serves the others. */
export type TabMessage =
  | { readonly t: 'ask'; readonly from: string; readonly message: ToWorker }
  | { readonly t: 'tell'; readonly to: string; readonly message: ToWindow }
  /** From a tab that looks for its leader, or asks it for a sign of life. */
  | { readonly t: 'who'; readonly from: string }
  /** From the leader: `to` one tab, or, when it has just begun, to all. */
  | { readonly t: 'leading'; readonly leader: string; readonly to?: string }
  /** From the tab that will lead as soon as it has opened its store. */
  | { readonly t: 'beginning'; readonly to: string };

/** As BroadcastChannel has it. */
export interface TabChannel {
  postMessage(message: TabMessage): void;
  onmessage: ((event: MessageEvent<TabMessage>) => void) | null;
}
