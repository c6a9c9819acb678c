import assert from 'node:assert/strict';
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../bin/heliogram.js', import.meta.url));

export type Result = {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Every line of stdout as JSON. */
  readonly json: readonly Record<string, unknown>[];
};

/** A folder of profiles and data, a server in it, and people who type commands. */
export class World {
  readonly directory = mkdtempSync(join(tmpdir(), 'heliogram-cli-'));
  server: ServerProcess | undefined;
  readonly #children = new Set<ChildProcessWithoutNullStreams>();

  async start(port = 0): Promise<ServerProcess> {
    const flags = ['--data', join(this.directory, 'data'), '--port', String(port)];
    const child = this.spawn(['serve', '--json', ...flags, '--sign-up-difficulty', '0']);
    let trouble = '';
    child.stderr.on('data', (data: Buffer) => {
      trouble += data.toString();
    });
    const line = await lineReader(child)
      .next()
      .catch((cause: unknown) => {
        throw new Error(`the server did not start: ${trouble}`, { cause });
      });
    const { event, url } = JSON.parse(line);
    assert.equal(event, 'listening');
    const server = { url, port: Number(new URL(url).port), child };
    this.server = server;
    return server;
  }

  /** Runs a command of a person to its end. */
  async run(profile: string, args: readonly string[], input = ''): Promise<Result> {
    const child = this.spawn(['--profile', join(this.directory, profile), ...args]);
    // Whoever reads no input may be gone before it is written.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
    const [status] = await once(child, 'close');
    const text = await stdout;
    const json = args.includes('--json') ? text.split('\n').filter(Boolean).map(parse) : [];
    return { status, stdout: text, stderr: await stderr, json };
  }

  /** The single line of JSON that a command must print, with status 0. */
  async ask(profile: string, ...args: string[]): Promise<Record<string, unknown>> {
    const { status, json, stderr } = await this.run(profile, [...args, '--json']);
    assert.equal(status, 0, `${args.join(' ')}: ${stderr}`);
    assert.equal(json.length, 1, args.join(' '));
    return json[0] ?? {};
  }

  /** The code of the error that a command must fail with, and its status. */
  async refusal(profile: string, ...args: string[]): Promise<string> {
    const { status, stderr, stdout } = await this.run(profile, [...args, '--json']);
    assert.equal(stdout, '', args.join(' '));
    const { error } = JSON.parse(stderr);
    assert.equal(typeof error.message, 'string');
    return `${status} ${error.code}`;
  }

  async signUp(profile: string, ...more: string[]): Promise<Record<string, unknown>> {
    const url = this.server?.url ?? '';
    return this.ask(profile, 'sign-up', '--server', url, '--name', profile, ...more);
  }

  spawn(args: readonly string[]): ChildProcessWithoutNullStreams {
    const child = spawn(process.execPath, [program, ...args], {
      env: { ...process.env, NO_COLOR: '', XDG_CACHE_HOME: join(tmpdir(), 'heliogram-cli-cache') },
    });
    this.#children.add(child);
    child.once('close', () => this.#children.delete(child));
    return child;
  }

  follow(profile: string, ...args: string[]): ChildProcessWithoutNullStreams {
    return this.spawn(['--profile', join(this.directory, profile), ...args]);
  }

  async close(): Promise<void> {
    const ended = [...this.#children].map((child) => once(child, 'close'));
    for (const child of this.#children) child.kill('SIGKILL');
    await Promise.all(ended);
    rmSync(this.directory, { recursive: true, force: true });
  }
}

export type ServerProcess = {
  readonly url: string;
  readonly port: number;
  readonly child: ChildProcessWithoutNullStreams;
};

/** Lines of a running command's stdout, one after the other; fails rather than wait for ever. */
export function lineReader(child: ChildProcessWithoutNullStreams) {
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    next: async (): Promise<string> => {
      const { promise: late, reject } = Promise.withResolvers<never>();
      const timer = setTimeout(() => reject(new Error('no line came in 30 s')), 30_000);
      try {
        const line = await Promise.race([lines.next(), late]);
        if (line.done) throw new Error('the command ended');
        return line.value;
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

export async function kill(child: ChildProcessWithoutNullStreams): Promise<void> {
  const ended = once(child, 'close');
  child.kill('SIGKILL');
  await ended;
}

async function collect(stream: AsyncIterable<Buffer>): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of stream) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}

function parse(line: string): Record<string, unknown> {
  const value: unknown = JSON.parse(line);
  assert.ok(typeof value === 'object' && value !== null && !Array.isArray(value), line);
  return { ...value };
}
