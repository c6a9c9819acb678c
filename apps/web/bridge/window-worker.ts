import workerUrl from '../worker/main.ts?worker&url';
import type { MessageWay, ToWindow, ToWorker } from './messages.ts';
import { scriptUrl } from './trusted-scripts.ts';

/** Starts the worker of this window; `broken`: it did not come so far as to say anything. */
export function startWorker(broken: () => void): MessageWay<ToWorker, ToWindow> {
  const worker = new Worker(scriptUrl(workerUrl), { type: 'module', name: 'heliogram' });
  let spoke = false;
  worker.onerror = () => {
    if (!spoke) broken();
  };
  return {
    post: (message) => worker.postMessage(message),
    receive: (take) => {
      worker.onmessage = ({ data }: MessageEvent<ToWindow>) => {
        spoke = true;
        take(data);
      };
    },
  };
}
