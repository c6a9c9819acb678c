import { connect, type Socket } from 'node:net';
import { answerParent } from './child.ts';
import { FrameCounter, helloFrame, subscribeFrame, upgradeRequest } from './websocket-bytes.ts';

/** Handshake, welcome and the answer to subscribe come before anything that counts. */
const FRAMES_BEFORE = { heliogram: 2, plain: 0 } as const;

type Goal = { readonly frames: number; readonly reached: () => void };

const sockets: Socket[] = [];
let frames = 0;
let upgraded = 0;
let goal: Goal | undefined;

function add(count: number): void {
  frames += count;
  if (goal && frames >= goal.frames) {
    goal.reached();
    goal = undefined;
  }
}

function reach(target: number): Promise<void> {
  if (frames >= target) return Promise.resolve();
  return new Promise((reached) => {
    goal = { frames: target, reached };
  });
}

/** Opens connections in waves, so that the listening queue is not the thing measured. */
async function open(question: Readonly<Record<string, unknown>>): Promise<void> {
  const count = Number(question['count']);
  const port = Number(question['port']);
  const conversationId = String(question['conversationId'] ?? '');
  const afterSeq = Number(question['afterSeq'] ?? 0);
  const kind = question['kind'] === 'plain' ? 'plain' : 'heliogram';
  const first =
    kind === 'plain'
      ? Buffer.alloc(0)
      : Buffer.concat([helloFrame(), subscribeFrame(conversationId, afterSeq)]);
  const greeting = Buffer.concat([Buffer.from(upgradeRequest(port)), first]);
  const wave = Number(question['wave'] ?? 500);
  const expected = frames + count * FRAMES_BEFORE[kind];
  const before = upgraded;
  for (let opened = 0; opened < count; opened += wave) {
    const size = Math.min(wave, count - opened);
    await Promise.all(Array.from({ length: size }, () => openOne(port, greeting, kind)));
  }
  while (kind === 'heliogram' && upgraded < before + count) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await reach(expected);
}

function openOne(port: number, greeting: Buffer, kind: 'heliogram' | 'plain'): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    const counter = new FrameCounter();
    let http = kind === 'heliogram' ? Buffer.alloc(0) : undefined;
    socket.on('error', reject);
    socket.on('connect', () => {
      sockets.push(socket);
      if (kind === 'heliogram') socket.write(greeting);
      resolve();
    });
    socket.on('data', (chunk) => {
      if (http === undefined) {
        add(counter.count(chunk));
        return;
      }
      http = Buffer.concat([http, chunk]);
      const end = http.indexOf('\r\n\r\n');
      if (end < 0) return;
      const rest = http.subarray(end + 4);
      http = undefined;
      upgraded += 1;
      add(counter.count(rest));
    });
  });
}

answerParent(async (question) => {
  const startedMs = performance.now();
  if (question.ask === 'open') await open(question);
  else if (question.ask === 'reach') await reach(Number(question['frames']));
  else if (question.ask === 'close') {
    for (const socket of sockets.splice(0)) socket.destroy();
    frames = 0;
    upgraded = 0;
  }
  return { frames, tookMs: performance.now() - startedMs };
});
