/** npm passes on what a terminal, or whoever ends a whole group, has told us already. */
const echoMs = 1_000;

/**
 * Runs `stop` at the first SIGINT or SIGTERM. Another one, unless it is the echo of the first, ends the
 * process at once.
 */
export function onInterruption(stop: () => void): void {
  let heardAt: number | undefined;
  const hear = (signal: NodeJS.Signals): void => {
    const now = performance.now();
    if (heardAt === undefined) {
      heardAt = now;
      stop();
    } else if (now - heardAt > echoMs) {
      process.off('SIGINT', hear);
      process.off('SIGTERM', hear);
      process.kill(process.pid, signal);
    }
  };
  process.on('SIGINT', hear);
  process.on('SIGTERM', hear);
}
