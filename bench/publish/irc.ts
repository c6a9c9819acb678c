import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { Child } from '../harness/child.ts';
import { temporaryDirectory } from '../harness/publisher.ts';
import type { BenchResult, Row } from '../harness/report.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const LOGS = join(ROOT, '../shared/data/irc');
const CLI = join(ROOT, 'apps/cli/bin/heliogram.js');
const SERVER = new URL('../harness/server-process.ts', import.meta.url);
const SUBSCRIBERS = new URL('../harness/subscribers-process.ts', import.meta.url);
const COUNT = 1_000;
/** Lines a publisher sends before all wait for every socket: what is in flight stays below a slow reader's bound. */
const ROUND_LINES = 150;

/** Real chat lines through the command line, six publishers at once, each line to 1,000 sockets. */
export async function benchIrc(): Promise<BenchResult> {
  const files = chatLogs();
  if (files.length === 0) {
    process.stdout.write('\nirc: skipped, the chat logs are not beside this checkout\n');
    return { bench: 'irc', rows: [] };
  }
  const directory = temporaryDirectory();
  const server = Child.start(SERVER);
  const { port } = await server.ask({ ask: 'listen', dataDirectory: join(directory.path, 'data') });
  const profile = join(directory.path, 'profile');
  const url = `http://127.0.0.1:${port}`;
  await run(profile, ['sign-up', '--server', url, '--name', 'IRC']);
  const channels = await Promise.all(
    files.map((_, index) => newChannel(profile, `irc_log_${index + 1}`)),
  );
  const subscribers = Child.start(SUBSCRIBERS);
  const conversationId = channels.join(',');
  const opened = await subscribers.ask({ ask: 'open', count: COUNT, port, conversationId });
  const before = await server.ask({ ask: 'cpu' });
  const startedMs = performance.now();
  const publishers = files.map((_, index) => new Publisher(profile, `@irc_log_${index + 1}`));
  let published = 0;
  for (let start = 0; files.some(({ lines }) => lines.length > start); start += ROUND_LINES) {
    const rounds = files.map(({ lines }) => lines.slice(start, start + ROUND_LINES));
    await Promise.all(publishers.map((publisher, index) => publisher.post(rounds[index] ?? [])));
    published += rounds.reduce((sum, round) => sum + round.length, 0);
    await subscribers.ask({ ask: 'reach', frames: (opened['frames'] ?? 0) + published * COUNT });
  }
  for (const publisher of publishers) publisher.end();
  const deliveredMs = performance.now() - startedMs;
  const after = await server.ask({ ask: 'cpu' });
  await subscribers.stop();
  await server.stop();
  directory.remove();
  const cpuUs = (after['cpuUs'] ?? 0) - (before['cpuUs'] ?? 0);
  return { bench: 'irc', rows: rowsOf({ lines: published, deliveredMs, cpuUs }) };
}

function rowsOf(measured: {
  readonly lines: number;
  readonly deliveredMs: number;
  readonly cpuUs: number;
}): Row[] {
  const { lines, deliveredMs, cpuUs } = measured;
  const deliveries = lines * COUNT;
  return [
    { what: 'lines published, six publishers', value: lines, unit: 'lines' },
    { what: 'acknowledged and delivered', value: lines / (deliveredMs / 1_000), unit: 'lines/s' },
    { what: 'delivered to 1,000 sockets', value: deliveries / (deliveredMs / 1_000), unit: '/s' },
    {
      what: 'server processor time per delivery, all of it',
      value: cpuUs / deliveries,
      unit: 'µs',
    },
  ];
}

function chatLogs(): readonly { readonly lines: readonly string[] }[] {
  try {
    return readdirSync(LOGS)
      .filter((name) => name.endsWith('.txt'))
      .map((name) => readFileSync(join(LOGS, name), 'utf8'))
      .map((text) => ({ lines: text.split('\n').filter((line) => line.trim() !== '') }));
  } catch {
    return [];
  }
}

async function newChannel(profile: string, username: string): Promise<string> {
  const answer = await run(profile, [
    'channel',
    'create',
    '--title',
    username,
    '--username',
    username,
  ]);
  const { conversationId } = JSON.parse(answer) as { readonly conversationId: string };
  return conversationId;
}

/** `heliogram post --stdin`, fed in rounds; every line is answered by one. */
class Publisher {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  #expected = 0;
  #reached: (() => void) | undefined;

  constructor(profile: string, channel: string) {
    const args = [CLI, 'post', channel, '--stdin', '--json', '--profile', profile];
    this.#child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    createInterface({ input: this.#child.stdout }).on('line', () => {
      this.#expected -= 1;
      if (this.#expected === 0) this.#reached?.();
    });
  }

  /** Resolves when every line was acknowledged. */
  post(lines: readonly string[]): Promise<void> {
    if (lines.length === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#expected = lines.length;
      this.#reached = resolve;
      this.#child.stdin.write(`${lines.join('\n')}\n`);
    });
  }

  end(): void {
    this.#child.stdin.end();
  }
}

/** One command of the command line; resolves with what it printed. */
function run(profile: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CLI, ...args, '--json', '--profile', profile], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
    child.on('exit', (code) => {
      if (code === 0) resolve(printed);
      else reject(new Error(`heliogram ${args[0] ?? ''} ended with ${code}`));
    });
  });
}
