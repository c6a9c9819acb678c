import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DependencyError, InternalError } from '@heliogram/protocol';
import { nodeRuntime } from '../node-runtime.ts';
import { createLog } from './pino-log.ts';

function recordingLog(level: 'debug' | 'info' | 'warn' | 'error' | 'silent' = 'debug') {
  const lines: string[] = [];
  const stream = { write: (line: string) => void lines.push(line) };
  return { lines, log: createLog({ level, runtime: nodeRuntime, stream }) };
}

test('OPS-4: lines are one JSON object each, with time, level and event', () => {
  const { lines, log } = recordingLog();
  log.info('listening', { port: 1 });
  log.warn('slow');
  log.error('call failed', new InternalError('x'), { method: 'm' });
  const [first, second, third] = lines.map((line): unknown => JSON.parse(line));
  assert.ok(lines.every((line) => line.endsWith('\n') && line.indexOf('\n') === line.length - 1));
  assert.ok(typeof first === 'object' && first !== null && 'time' in first);
  assert.match(String(first.time), /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  assert.deepEqual({ ...first, time: 0 }, { level: 'info', time: 0, port: 1, event: 'listening' });
  assert.ok(typeof second === 'object' && second !== null && 'level' in second);
  assert.equal(second.level, 'warn');
  assert.ok(typeof third === 'object' && third !== null && 'error' in third && 'method' in third);
});

test('OPS-4: of an error stay class, codes and places, never its words or those of its causes', () => {
  const { lines, log } = recordingLog();
  const canary = 'canary\n    at canary (/canary:1:1)';
  const parse = () => JSON.parse(`{"canary`);
  let cause: unknown;
  try {
    parse();
  } catch (error) {
    cause = error;
  }
  const system = Object.assign(new Error(canary), { code: 'ENOSPC', path: '/home/canary' });
  const errors: unknown[] = [
    new TypeError(canary),
    new DependencyError('unavailable', canary, { cause }),
    new Error(canary, { cause: new Error(canary, { cause: system }) }),
    Object.assign(new Error('x'), { code: canary, stack: 'canary' }),
    Object.assign(new Error('x'), { name: 'canary' }),
    canary,
    { canary },
    undefined,
    new AggregateError([new Error(canary)], canary),
  ];
  for (const error of errors) log.error('call failed', error, { method: 'm' });
  assert.equal(lines.length, errors.length);
  for (const line of lines) assert.equal(line.includes('canary'), false, line);
  assert.match(lines[0] ?? '', /"class":"TypeError"/);
  assert.match(lines[0] ?? '', /pino-log\.test\.ts:\d+/, 'the place is told');
  assert.match(lines[1] ?? '', /"code":"unavailable".*"class":"SyntaxError"/);
  assert.match(lines[2] ?? '', /ENOSPC/);
  const loop = new Error('x');
  loop.cause = loop;
  log.error('call failed', loop);
  assert.ok((lines.at(-1) ?? '').length < 20_000, 'a cause of itself ends');
});

test('OPS-4: the level holds, silent says nothing', () => {
  const { lines, log } = recordingLog('error');
  log.info('a');
  log.warn('b');
  log.error('c', new Error('x'));
  assert.equal(lines.length, 1);
  const silent = recordingLog('silent');
  silent.log.error('c', new Error('x'));
  assert.deepEqual(silent.lines, []);
});
