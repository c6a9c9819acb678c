import { type ChildProcess, fork } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import type { Runtime, Timer } from '../../runtime.ts';
import { Turnstile } from '../../turnstile.ts';
import type { PictureFault, PictureJob, PictureOutcome } from './picture.ts';

export type PictureLimits = { readonly maxResidentBytes: number; readonly maxMs: number };

/** Looked at every 50 ms: what is taken until then stays within 400 MB. */
const LIMITS: PictureLimits = { maxResidentBytes: 360_000_000, maxMs: 60_000 };
/** A process that kept more than this after a picture is not used again. */
const MAX_IDLE_BYTES = 200_000_000;
const LOOK_EVERY_MS = 50;
const IDLE_MS = 15_000;
const PAGE_BYTES = 4_096;

/** Makes photos in a process of their own, one at a time. */
export class PictureMaker {
  readonly #queue = new Turnstile({ atOnce: 1, maxWaiting: 10_000 });
  readonly #runtime: Runtime;
  readonly #limits: PictureLimits;
  #process: ChildProcess | undefined;
  #idle: Timer | undefined;

  constructor(runtime: Runtime, limits: PictureLimits = LIMITS) {
    this.#runtime = runtime;
    this.#limits = limits;
  }

  /** What became of the picture; a process that dies of it is a fault of the picture. */
  make(job: PictureJob): Promise<PictureOutcome> {
    return this.#queue.run(async () => {
      this.#idle?.cancel();
      const child = this.#start();
      const outcome = await this.#outcome(child, job);
      if (!isAlive(child) || (await residentBytes(child)) > MAX_IDLE_BYTES) this.stop();
      else this.#rest(child);
      return outcome;
    });
  }

  stop(): void {
    this.#idle?.cancel();
    this.#process?.kill('SIGKILL');
    this.#process = undefined;
  }

  #start(): ChildProcess {
    const running = this.#process;
    if (running && isAlive(running)) return running;
    const child = fork(new URL('./process.ts', import.meta.url), {
      execArgv: ['--max-old-space-size=96', '--max-semi-space-size=1'],
      // Threads that each keep freed memory of their own double what a picture takes.
      env: { MALLOC_ARENA_MAX: '1', MALLOC_TRIM_THRESHOLD_: '1000000' },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.#process = child;
    return child;
  }

  #rest(child: ChildProcess): void {
    child.unref();
    child.channel?.unref();
    this.#idle = this.#runtime.after(IDLE_MS, () => this.stop());
  }

  #outcome(child: ChildProcess, job: PictureJob): Promise<PictureOutcome> {
    child.ref();
    child.channel?.ref();
    return new Promise((resolve) => {
      let given: PictureFault = 'damaged';
      const stopWatching = this.#watch(child, () => {
        given = 'too_large';
        child.kill('SIGKILL');
      });
      const end = (outcome: PictureOutcome) => {
        stopWatching();
        child.removeAllListeners();
        resolve(outcome);
      };
      child.once('message', (outcome) => end(outcome as PictureOutcome));
      child.once('exit', () => end({ kind: 'fault', fault: given }));
      child.once('error', () => end({ kind: 'fault', fault: given }));
      child.send(job);
    });
  }

  /** Calls `giveUp` when the process takes too much memory or time. */
  #watch(child: ChildProcess, giveUp: () => void): () => void {
    const { maxMs, maxResidentBytes } = this.#limits;
    const deadline = this.#runtime.after(maxMs, giveUp);
    let look: Timer;
    const again = () => {
      look = this.#runtime.after(LOOK_EVERY_MS, () => {
        again();
        void residentBytes(child).then((bytes) => {
          if (bytes > maxResidentBytes) giveUp();
        });
      });
    };
    again();
    return () => {
      deadline.cancel();
      look.cancel();
    };
  }
}

const isAlive = ({ exitCode, signalCode, connected }: ChildProcess): boolean =>
  exitCode === null && signalCode === null && connected;

/** 0 where the system does not tell. */
async function residentBytes({ pid }: ChildProcess): Promise<number> {
  const pages = await readFile(`/proc/${pid}/statm`, 'latin1').catch(() => '');
  return Number(pages.split(' ')[1] ?? 0) * PAGE_BYTES;
}
