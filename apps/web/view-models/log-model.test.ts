import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LogEvent } from '../bridge/contract/log.ts';
import { LogModel } from './log-model.ts';
import { exampleFrame, examplePost, examplePosts } from './tests/log-examples.ts';

function watched() {
  const frames: (() => void)[] = [];
  let take: (event: LogEvent) => void = () => undefined;
  const bridge = {
    watch: (_: string, __: unknown, taking: (event: never) => void) => {
      take = taking as (event: LogEvent) => void;
      return { tell: () => undefined, end: () => undefined };
    },
  };
  const model = new LogModel(
    bridge as never,
    { conversationId: 'c', at: { kind: 'latest' } },
    (run) => {
      frames.push(run);
      return () => undefined;
    },
  );
  const drawn = { count: 0 };
  model.subscribe(() => {
    drawn.count++;
  });
  return {
    model,
    send: (event: LogEvent) => take(event),
    frame: () => frames.shift()?.(),
    frames,
    drawn,
  };
}

function arrived(seq: number): LogEvent {
  return {
    kind: 'changed',
    frame: exampleFrame({ headSeq: seq }),
    upserted: [examplePost(seq)],
    removed: [],
    reason: 'arrived',
  };
}

test('fifty posts between two frames are drawn once', () => {
  const { model, send, frame, frames, drawn } = watched();
  send({ kind: 'opened', frame: exampleFrame(), posts: examplePosts(1, 10) });
  frame();
  for (let seq = 11; seq <= 60; seq++) send(arrived(seq));
  frame();
  assert.equal(drawn.count, 2);
  assert.equal(frames.length, 0);
  assert.equal(model.snapshot().rows.length, 61);
  assert.equal(model.snapshot().arrived.length, 50);
});

test('older posts above and a new one below are drawn together', () => {
  const { model, send, frame, frames, drawn } = watched();
  const older = exampleFrame({ hasOlder: true });
  send({ kind: 'opened', frame: older, posts: examplePosts(50, 60) });
  frame();
  send({
    kind: 'changed',
    frame: older,
    upserted: examplePosts(40, 49),
    removed: [],
    reason: 'older',
  });
  send({ ...arrived(61), frame: older } as LogEvent);
  frame();
  const { log, arrived: heard } = model.snapshot();
  assert.ok(log.state === 'ready');
  assert.deepEqual([log.posts[0]?.seq, log.posts.at(-1)?.seq], [40, 61]);
  assert.deepEqual(
    heard.map(({ seq }) => seq),
    [61],
  );
  assert.deepEqual([drawn.count, frames.length], [2, 0]);
});

test('a new opening makes what was waiting void', () => {
  const { model, send, frame } = watched();
  send({ kind: 'opened', frame: exampleFrame(), posts: examplePosts(1, 10) });
  send(arrived(11));
  send({ kind: 'opened', frame: exampleFrame(), posts: examplePosts(5, 6) });
  frame();
  const { log } = model.snapshot();
  assert.ok(log.state === 'ready' && log.posts.length === 2);
});
