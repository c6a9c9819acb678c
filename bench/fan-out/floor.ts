import { execFileSync, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { temporaryDirectory } from '../harness/publisher.ts';

export type Floor = {
  readonly port: number;
  /** Writes to every socket; answers the processor time in microseconds. */
  post(posts: number, size: number): Promise<number>;
  stop(): void;
};

/** Compiles and runs the floor; undefined where there is no C compiler. */
export async function startFloor(count: number): Promise<Floor | undefined> {
  const directory = temporaryDirectory();
  const binary = `${directory.path}/floor`;
  try {
    const source = fileURLToPath(new URL('./floor.c', import.meta.url));
    execFileSync('cc', ['-O2', '-o', binary, source], { stdio: 'ignore' });
  } catch {
    directory.remove();
    return undefined;
  }
  const child = spawn(binary, [String(count)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const number = async () => Number((await lines.next()).value);
  return {
    port: await number(),
    post: (posts, size) => {
      child.stdin.write(`${posts} ${size}\n`);
      return number();
    },
    stop: () => {
      child.kill();
      directory.remove();
    },
  };
}
