import type { FailureView } from './contract/session.ts';

/** From a window to the worker. Ids are chosen by the window and never used again. */
export type ToWorker =
  | { readonly t: 'call'; readonly id: number; readonly name: string; readonly args: unknown }
  | { readonly t: 'watch'; readonly id: number; readonly name: string; readonly args: unknown }
  | { readonly t: 'tell'; readonly id: number; readonly tell: unknown }
  | { readonly t: 'unwatch'; readonly id: number };

/** From the worker to a window. */
export type ToWindow =
  | { readonly t: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly t: 'refusal'; readonly id: number; readonly failure: FailureView }
  | { readonly t: 'event'; readonly id: number; readonly event: unknown }
  /** Whether the tab with the store and the connection responds. Sent when that changes; true at first. */
  | { readonly t: 'leader'; readonly responds: boolean };

/** A way to the other side that keeps the order of what it carries. */
export interface MessageWay<Out, In> {
  post(message: Out): void;
  receive(take: (message: In) => void): void;
}
