/** The part of a `ServiceWorker` that tells whether it still waits. */
export type WaitingWorker = Pick<
  ServiceWorker,
  'state' | 'addEventListener' | 'removeEventListener'
>;

/**
 * Resolves when the worker no longer waits to take over, or after `limitMs`.
 *
 * While a version waits the old one must get no work: Chromium stops the old worker as soon as it is
 * idle, and a message that arrives while it stops starts it again and makes the new one wait for
 * minutes, however often it is asked.
 */
export function takenOver(worker: WaitingWorker | null, limitMs: number): Promise<void> {
  return new Promise((resolve) => {
    if (worker?.state !== 'installed') return resolve();
    const done = () => {
      clearTimeout(timer);
      worker.removeEventListener('statechange', done);
      resolve();
    };
    const timer = setTimeout(done, limitMs);
    worker.addEventListener('statechange', done);
  });
}
