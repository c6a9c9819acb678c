import workerUrl from '../worker/main.ts?worker&url';
import type { MessageWay, ToWindow, ToWorker } from './messages.ts';
import { scriptUrl } from './trusted-scripts.ts';

/** Starts the worker of this window. */
export function startWorker(): MessageWay<ToWorker, ToWindow> {
  const worker = new Worker(scriptUrl(workerUrl), { type: 'module', name: 'heliogram' });
  return {
    post: (message) => worker.postMessage(message),
    receive: (take) => {
      worker.onmessage = ({ data }: MessageEvent<ToWindow>) => take(data);
    },
  };
}
