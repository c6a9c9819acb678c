import { trustedWorkerUrl } from './trusted-worker-url.ts';

type Answer = { readonly id: number; readonly value?: unknown; readonly error?: string };

const worker = new Worker(trustedWorkerUrl('/store-worker.js'), { type: 'module' });
const waiting = new Map<number, (answer: Answer) => void>();
let asked = 0;

worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
  waiting.get(data.id)?.(data);
  waiting.delete(data.id);
});

/** Runs a scenario in the page's worker. */
async function ask(name: string, ...args: readonly unknown[]): Promise<unknown> {
  asked++;
  const { promise, resolve } = Promise.withResolvers<Answer>();
  waiting.set(asked, resolve);
  worker.postMessage({ id: asked, name, args });
  const { value, error } = await promise;
  if (error !== undefined) throw new Error(error);
  return value;
}

Object.assign(globalThis, { ask });
