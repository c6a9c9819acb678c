import { DependencyError, type HeliogramError, limits, ValidationError } from '@heliogram/protocol';

/**
 * The life of a connection as a pure machine. One link at a time: hello, welcome, sign-in where there
 * is somebody to sign in, then ready; after a loss it waits and dials again, unless told not to or
 * refused for good.
 */
export type ConnectionState =
  | { readonly phase: 'idle' }
  | { readonly phase: 'dialling'; readonly failures: number }
  | { readonly phase: 'greeting'; readonly failures: number }
  | { readonly phase: 'signing-in'; readonly failures: number; readonly heartbeatMs: number }
  | { readonly phase: 'ready'; readonly heartbeatMs: number; readonly silentBeats: number }
  | { readonly phase: 'waiting'; readonly failures: number }
  | { readonly phase: 'failed'; readonly error: HeliogramError };

export type ConnectionEvent =
  | { readonly type: 'start' }
  | { readonly type: 'opened' }
  | { readonly type: 'welcome'; readonly version: number; readonly heartbeatMs: number }
  | { readonly type: 'signed-in' }
  /** Sign-in was refused, or the server said goodbye. */
  | { readonly type: 'refused'; readonly error: HeliogramError }
  | { readonly type: 'closed'; readonly reason: string }
  | { readonly type: 'activity' }
  /** The timer that the last `timer` effect set has run out. */
  | { readonly type: 'timer' }
  | { readonly type: 'stop' };

export type ConnectionEffect =
  | { readonly type: 'dial' }
  | { readonly type: 'hang-up' }
  | { readonly type: 'send-hello' }
  | { readonly type: 'sign-in' }
  | { readonly type: 'send-ping' }
  | { readonly type: 'ready' }
  /** Whatever was in flight on the link is lost. */
  | { readonly type: 'lost'; readonly error: HeliogramError }
  /** There will be no connection until `start` is called again. */
  | { readonly type: 'failed'; readonly error: HeliogramError }
  /** Replaces the timer that runs. */
  | { readonly type: 'timer'; readonly delayMs: number }
  | { readonly type: 'backoff'; readonly failures: number; readonly atLeastMs: number }
  | { readonly type: 'no-timer' };

export interface ConnectionRules {
  /** Whether there is a device to sign in. */
  readonly signsIn: boolean;
  /** Attempts to connect in a row that may fail before giving up; Infinity: never gives up. */
  readonly maxFailures: number;
  readonly handshakeTimeoutMs: number;
}

type Step = readonly [ConnectionState, readonly ConnectionEffect[]];

/** Silent heartbeats after which a link counts as dead. */
const deadAfterBeats = 2;

export function stepConnection(
  state: ConnectionState,
  event: ConnectionEvent,
  rules: ConnectionRules,
): Step {
  switch (event.type) {
    case 'start':
      return start(state, rules);
    case 'stop':
      return [{ phase: 'idle' }, [{ type: 'no-timer' }, { type: 'hang-up' }, lost('stopped')]];
    case 'opened':
      return opened(state);
    case 'welcome':
      return welcomed(state, event, rules);
    case 'signed-in':
      return state.phase === 'signing-in' ? becomeReady(state.heartbeatMs) : stay(state);
    case 'refused':
      return isLive(state) ? lose(state, event.error, rules) : stay(state);
    case 'closed':
      return isLive(state) ? lose(state, unavailable(event.reason), rules) : stay(state);
    case 'activity':
      return state.phase === 'ready' ? [{ ...state, silentBeats: 0 }, []] : stay(state);
    case 'timer':
      return timerRanOut(state, rules);
  }
}

function start(state: ConnectionState, rules: ConnectionRules): Step {
  return state.phase === 'idle' || state.phase === 'failed' ? dial(0, rules) : stay(state);
}

function dial(failures: number, rules: ConnectionRules): Step {
  const timer = { type: 'timer', delayMs: rules.handshakeTimeoutMs } as const;
  return [{ phase: 'dialling', failures }, [{ type: 'dial' }, timer]];
}

function opened(state: ConnectionState): Step {
  if (state.phase !== 'dialling') return stay(state);
  return [{ phase: 'greeting', failures: state.failures }, [{ type: 'send-hello' }]];
}

function welcomed(
  state: ConnectionState,
  { version, heartbeatMs }: { readonly version: number; readonly heartbeatMs: number },
  rules: ConnectionRules,
): Step {
  if (state.phase !== 'greeting') return stay(state);
  const { min, max } = limits.protocolVersion;
  if (version < min || version > max) {
    const message = `the server uses protocol version ${version}, but this client supports ${min} to ${max}`;
    return lose(state, new ValidationError('version_unsupported', message), rules);
  }
  const beat = Math.min(Math.max(heartbeatMs, 1_000), limits.heartbeatMs * 10);
  if (!rules.signsIn) return becomeReady(beat);
  const { failures } = state;
  return [{ phase: 'signing-in', failures, heartbeatMs: beat }, [{ type: 'sign-in' }]];
}

function becomeReady(heartbeatMs: number): Step {
  const state = { phase: 'ready', heartbeatMs, silentBeats: 0 } as const;
  return [state, [{ type: 'timer', delayMs: heartbeatMs }, { type: 'ready' }]];
}

function timerRanOut(state: ConnectionState, rules: ConnectionRules): Step {
  switch (state.phase) {
    case 'waiting':
      return dial(state.failures, rules);
    case 'dialling':
    case 'greeting':
    case 'signing-in':
      return lose(state, unavailable('the server did not answer in time'), rules);
    case 'ready':
      return beat(state, rules);
    case 'idle':
    case 'failed':
      return stay(state);
  }
}

function beat(state: ConnectionState & { phase: 'ready' }, rules: ConnectionRules): Step {
  const silentBeats = state.silentBeats + 1;
  if (silentBeats >= deadAfterBeats) {
    return lose(state, unavailable('the server stopped responding'), rules);
  }
  const timer = { type: 'timer', delayMs: state.heartbeatMs } as const;
  return [{ ...state, silentBeats }, [{ type: 'send-ping' }, timer]];
}

type LiveState = Extract<
  ConnectionState,
  { phase: 'dialling' | 'greeting' | 'signing-in' | 'ready' }
>;

function isLive(state: ConnectionState): state is LiveState {
  return (
    state.phase === 'dialling' ||
    state.phase === 'greeting' ||
    state.phase === 'signing-in' ||
    state.phase === 'ready'
  );
}

function lose(state: LiveState, error: HeliogramError, rules: ConnectionRules): Step {
  const failures = (state.phase === 'ready' ? 0 : state.failures) + 1;
  const over: ConnectionEffect[] = [{ type: 'hang-up' }, { type: 'lost', error }];
  if (!error.retry || failures >= rules.maxFailures) {
    return [{ phase: 'failed', error }, [{ type: 'no-timer' }, ...over, { type: 'failed', error }]];
  }
  const atLeastMs = error.retryAfterMs ?? 0;
  return [{ phase: 'waiting', failures }, [...over, { type: 'backoff', failures, atLeastMs }]];
}

function lost(reason: string): ConnectionEffect {
  return { type: 'lost', error: new DependencyError('interrupted', reason) };
}

function unavailable(reason: string): HeliogramError {
  return new DependencyError('unavailable', reason);
}

function stay(state: ConnectionState): Step {
  return [state, []];
}
