import type { Bridge, Watch } from '../bridge/bridge.ts';
import type { LogAnchor, LogEvent, LogTell, PostView } from '../bridge/contract/log.ts';
import { buildRows, type LogRow, noRows } from './log-rows.ts';
import { applyLogEvent, type LogState, openingLog } from './log-window.ts';

/** What is drawn at once. */
export interface LogSnapshot {
  readonly log: LogState;
  readonly rows: readonly LogRow[];
  /** Posts that arrived while looking, for whoever listens. Stays until the next ones. */
  readonly arrived: readonly PostView[];
}

/** Calls back before the next frame is drawn, or soon where nothing is drawn. */
export type Schedule = (run: () => void) => () => void;

const firstSnapshot: LogSnapshot = { log: openingLog, rows: noRows, arrived: [] };

/** One watched log. Events are gathered and shown once a frame, however many come. */
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
    const events = this.#waiting;
    this.#waiting = [];
    const log = events.reduce(applyLogEvent, this.#snapshot.log);
    const rows = log.state === 'ready' ? buildRows(log, this.#snapshot.rows) : noRows;
    const arrived = events.flatMap((event) =>
      event.kind === 'changed' && event.reason === 'arrived' ? event.upserted : [],
    );
    const heard = arrived.length > 0 ? arrived : this.#snapshot.arrived;
    this.#snapshot = { log, rows, arrived: heard };
    for (const reader of [...this.#readers]) reader();
  }
}
