/** What the operator may see of a running server: counts and durations, never who or what. */
export interface Telemetry {
  /** A call ended: its contract name, "ok" or the error code, and how long it took. */
  called(method: string, outcome: string, durationMs: number): void;
  /** Frames handed to sockets for one published message. */
  delivered(count: number): void;
  /** A slow reader's pushes were dropped. */
  lagged(): void;
  appended(entries: number): void;
  /** What became of one device's push. */
  pushed(outcome: PushOutcome): void;
}

/** `gone`: its subscription was dropped; `dropped`: too many waited. */
export type PushOutcome = 'sent' | 'gone' | 'failed' | 'dropped';

/** Structured lines for the operator: event names and numbers, no content, names or addresses. */
export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  /** `error` is for defects of ours: its stack is kept, input never is. */
  error(event: string, error: unknown, fields?: LogFields): void;
}

export type LogFields = Readonly<Record<string, string | number | boolean>>;

export const silentTelemetry: Telemetry = {
  called: () => undefined,
  delivered: () => undefined,
  lagged: () => undefined,
  appended: () => undefined,
  pushed: () => undefined,
};

export const silentLog: Log = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
