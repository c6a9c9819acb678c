import type { Bridge, Watch } from '../bridge/bridge.ts';
import type { LogAnchor, LogEvent, LogTell, PostView } from '../bridge/contract/log.ts';
import { buildRows, type LogRow, noRows } from './log-rows.ts';
import {
  applyLogEvent,
  changedSide,
  type LogState,
  openingLog,
  type Side,
  stepsOf,
} from './log-window.ts';

/** What is drawn at once. */
export interface LogSnapshot {
  readonly log: LogState;
  readonly rows: readonly LogRow[];
  /** Rows came or went at the start, so the place is kept from the end. */
  readonly shift: boolean;
  /** Posts that arrived while looking, for whoever listens. Stays until the next ones. */
  readonly arrived: readonly PostView[];
}

/** Calls back before the next frame is drawn, or soon where nothing is drawn. */
export type Schedule = (run: () => void) => () => void;

const firstSnapshot: LogSnapshot = { log: openingLog, rows: noRows, shift: false, arrived: [] };

/**
 * One watched log. Events are gathered and shown once a frame, however many come; what changes both
 * ends takes two frames, because a list can keep its place at one end at a time.
 */
export class LogModel {
  readonly #schedule: Schedule;
  readonly #watch: Watch<'log'>;
  readonly #readers = new Set<() => void>();
  #waiting: LogEvent[] = [];
  #snapshot = firstSnapshot;
  #cancel: (() => void) | undefined;

  constructor(
    bridge: Pick<Bridge, 'watch'>,
    of: { readonly conversationId: string; readonly at: LogAnchor },
    schedule: Schedule,
  ) {
    this.#schedule = schedule;
    this.#watch = bridge.watch('log', of, (event) => this.#take(event));
  }

  readonly snapshot = (): LogSnapshot => this.#snapshot;

  readonly subscribe = (changed: () => void): (() => void) => {
    this.#readers.add(changed);
    return () => this.#readers.delete(changed);
  };

  tell(tell: LogTell): void {
    this.#watch.tell(tell);
  }

  end(): void {
    this.#cancel?.();
    this.#watch.end();
  }

  #take(event: LogEvent): void {
    // Nothing before an opening will be seen.
    if (event.kind === 'opened') this.#waiting = [];
    this.#waiting.push(event);
    this.#cancel ??= this.#schedule(() => this.#show());
  }

  #show(): void {
    this.#cancel = undefined;
    const { log, side, arrived } = this.#advance();
    const rows = log.state === 'ready' ? buildRows(log, this.#snapshot.rows) : noRows;
    const heard = arrived.length > 0 ? arrived : this.#snapshot.arrived;
    this.#snapshot = { log, rows, shift: side === 'start', arrived: heard };
    if (this.#waiting.length > 0) this.#cancel = this.#schedule(() => this.#show());
    for (const reader of [...this.#readers]) reader();
  }

  /** Takes from what waits as much as can be shown together. */
  #advance() {
    let log = this.#snapshot.log;
    let side: Side = 'none';
    const arrived: PostView[] = [];
    while (this.#waiting.length > 0) {
      const [event, ...later] = this.#waiting;
      if (!event) break;
      const [step, ...rest] = stepsOf(log, event);
      if (!step) break;
      const next = applyLogEvent(log, step);
      const stepSide = changedSide(log, next);
      if (side !== 'none' && stepSide !== 'none' && stepSide !== side) break;
      if (stepSide !== 'none') side = stepSide;
      if (step.kind === 'changed' && step.reason === 'arrived') arrived.push(...step.upserted);
      log = next;
      this.#waiting = [...rest, ...later];
    }
    return { log, side, arrived };
  }
}
