import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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
  await Promise.all(
    files.map(({ text }, index) =>
      run(profile, ['post', `@irc_log_${index + 1}`, '--stdin'], text),
    ),
  );
  const publishedMs = performance.now() - startedMs;
  const lines = files.reduce((sum, file) => sum + file.lines, 0);
  await subscribers.ask({ ask: 'reach', frames: (opened['frames'] ?? 0) + lines * COUNT });
  const deliveredMs = performance.now() - startedMs;
  const after = await server.ask({ ask: 'cpu' });
  await subscribers.stop();
  await server.stop();
  directory.remove();
  const cpuUs = (after['cpuUs'] ?? 0) - (before['cpuUs'] ?? 0);
  return { bench: 'irc', rows: rowsOf({ lines, publishedMs, deliveredMs, cpuUs }) };
}

function rowsOf(measured: {
  readonly lines: number;
  readonly publishedMs: number;
  readonly deliveredMs: number;
  readonly cpuUs: number;
}): Row[] {
  const { lines, publishedMs, deliveredMs, cpuUs } = measured;
  const deliveries = lines * COUNT;
  return [
    { what: 'lines published, six publishers', value: lines, unit: 'lines' },
    { what: 'acknowledged', value: lines / (publishedMs / 1_000), unit: 'lines/s' },
    { what: 'delivered to 1,000 sockets', value: deliveries / (deliveredMs / 1_000), unit: '/s' },
    {
      what: 'server processor time per delivery, all of it',
      value: cpuUs / deliveries,
      unit: 'µs',
    },
  ];
}

function chatLogs(): readonly { readonly text: string; readonly lines: number }[] {
  try {
    return readdirSync(LOGS)
      .filter((name) => name.endsWith('.txt'))
      .map((name) => readFileSync(join(LOGS, name), 'utf8'))
      .map((text) => ({
        text,
        lines: text.split('\n').filter((line) => line.trim() !== '').length,
      }));
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

/** One command of the command line; resolves with what it printed. */
function run(profile: string, args: readonly string[], input = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CLI, ...args, '--json', '--profile', profile], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
    child.on('exit', (code) => {
      if (code === 0) resolve(printed);
      else reject(new Error(`heliogram ${args[0] ?? ''} ended with ${code}`));
    });
    child.stdin.end(input);
  });
}
