import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const heliogram = fileURLToPath(new URL('../../../cli/bin/heliogram.js', import.meta.url));

/** A command of the command line with `--json`, running. */
export class RunningCommand {
  readonly child: ChildProcessWithoutNullStreams;
  /** Objects printed so far. */
  readonly results: Record<string, unknown>[] = [];
  readonly #ended: Promise<number>;
  errors = '';

  constructor(profile: string, words: readonly string[]) {
    const args = [heliogram, ...words, '--json', '--profile', profile];
    this.child = spawn(process.execPath, args, {
      stdio: 'pipe',
      env: { ...process.env, XDG_CACHE_HOME: join(tmpdir(), 'heliogram-test-cache') },
    });
    this.child.stdin.on('error', () => undefined);
    this.child.stderr.on('data', (data: Buffer) => {
      this.errors += data.toString();
    });
    const lines = createInterface({ input: this.child.stdout });
    lines.on('line', (line) => this.results.push(JSON.parse(line)));
    this.#ended = Promise.all([once(this.child, 'exit'), once(lines, 'close')]).then(([[status]]) =>
      Number(status),
    );
  }

  /** Waits for its end. Throws with what it wrote to stderr unless it ended well. */
  async done(): Promise<readonly Record<string, unknown>[]> {
    const status = await this.#ended;
    if (status !== 0) throw new Error(`heliogram ended with ${status}: ${this.errors}`);
    return this.results;
  }

  /** kill -9; resolves when what it had printed is in `results`. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.#ended;
  }
}

export function run(profile: string, ...words: readonly string[]) {
  return new RunningCommand(profile, words).done();
}
