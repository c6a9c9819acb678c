import { scenarios } from './scenarios.ts';

type Question = { readonly id: number; readonly name: string; readonly args: readonly unknown[] };

const handlers: ReadonlyMap<string, (...args: never[]) => Promise<unknown>> = new Map(
  Object.entries(scenarios),
);

addEventListener('message', ({ data }: MessageEvent<Question>) => {
  void answer(data);
});

async function answer({ id, name, args }: Question): Promise<void> {
  try {
    const handler = handlers.get(name);
    if (!handler) throw new Error(`no scenario is called ${name}`);
    // The test that asks knows what its scenario takes.
    postMessage({ id, value: await handler(...(args as never[])) });
  } catch (error) {
    postMessage({ id, error: String(error) });
  }
}
