/** npm passes on what a terminal, or the end of a whole process group, has told us already. */
const echoMs = 1_000;

/** A lost terminal ends a program like an interruption from it. */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs `stop` at the first SIGINT, SIGTERM or SIGHUP. Another one, unless it is the echo of the first, ends
 * the process at once.
 */
export function onInterruption(stop: () => void): void {
  let heardAt: number | undefined;
  const hear = (signal: NodeJS.Signals): void => {
    const now = performance.now();
    if (heardAt === undefined) {
      heardAt = now;
      stop();
    } else if (now - heardAt > echoMs) {
      for (const heard of signals) process.off(heard, hear);
      process.kill(process.pid, signal);
    }
  };
  for (const signal of signals) process.on(signal, hear);
}
