import { useEffect, useRef, useState } from 'react';
import type { Told } from './failure.ts';
import { useTell } from './telling.ts';
import { toasts } from './toasts.ts';

export interface Task {
  readonly busy: boolean;
  /** Of the last run. */
  readonly failed: Told | undefined;
  /** Whether it succeeded; a second press while it runs does nothing. */
  readonly run: (work: () => Promise<unknown>) => Promise<boolean>;
  readonly forget: () => void;
}

/** One thing at a time that can fail, such as sending a form. */
export function useTask(): Task {
  const say = useTell();
  const [state, setState] = useState<{ busy: boolean; failed?: Told }>({ busy: false });
  const running = useRef(false);
  const run = async (work: () => Promise<unknown>): Promise<boolean> => {
    if (running.current) return false;
    running.current = true;
    setState({ busy: true });
    try {
      await work();
      setState({ busy: false });
      return true;
    } catch (error) {
      setState({ busy: false, failed: say(error) });
      return false;
    } finally {
      running.current = false;
    }
  };
  return { busy: state.busy, failed: state.failed, run, forget: () => setState({ busy: false }) };
}

/** Does something small at once; a refusal is said in a toast. */
export function useQuietly(): (work: Promise<unknown>) => void {
  const say = useTell();
  return (work) => {
    work.catch((error: unknown) => toasts.show({ text: say(error).text }));
  };
}

export interface Answer<Value> {
  readonly value: Value | undefined;
  readonly failed: Told | undefined;
  readonly reload: () => void;
  /** Takes a change for done before the next reading says so. */
  readonly set: (value: Value) => void;
}

/**
 * Asks when the view appears and again when `key` changes; what it knew of the same key stays. `known`: what
 * is known of it when the view appears.
 */
export function useAnswer<Value>(
  key: string,
  ask: () => Promise<Value>,
  known?: Value,
): Answer<Value> {
  const say = useTell();
  const [state, setState] = useState<State<Value>>(
    known === undefined ? { key } : { key, value: known },
  );
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says when it is another question.
  useEffect(() => {
    let wanted = true;
    ask().then(
      (value) => {
        if (wanted) setState((before) => withValue(before, { key, value }));
      },
      (error: unknown) => {
        if (wanted) setState((before) => ({ ...keepOf(before, key), failed: say(error) }));
      },
    );
    return () => {
      wanted = false;
    };
  }, [key, round]);
  const current = state.key === key ? state : { key };
  return {
    value: current.value,
    failed: current.failed,
    reload: () => setRound(round + 1),
    set: (value) => setState({ key, value }),
  };
}

interface State<Value> {
  readonly key: string;
  readonly value?: Value;
  readonly failed?: Told;
}

/** The same answer once more is no news. */
function withValue<Value>(before: State<Value>, now: State<Value>): State<Value> {
  const same = before.key === now.key && before.value === now.value && !before.failed;
  return same ? before : now;
}

function keepOf<Value>(before: State<Value>, key: string): State<Value> {
  return before.key === key && before.value !== undefined ? { key, value: before.value } : { key };
}
