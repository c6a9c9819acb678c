import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ToastQueue } from './toast-queue.ts';

test('shows three at most, the newest last, and tells who watches', () => {
  const queue = new ToastQueue();
  let told = 0;
  const stop = queue.subscribe(() => told++);
  for (const text of ['one', 'two', 'three', 'four']) queue.show({ text });
  assert.deepEqual(
    queue.toasts().map(({ text }) => text),
    ['two', 'three', 'four'],
  );
  assert.equal(told, 4);
  stop();
  queue.show({ text: 'five' });
  assert.equal(told, 4);
});

test('a toast is dismissed by its id, once', () => {
  const queue = new ToastQueue();
  const first = queue.show({ text: 'one' });
  queue.show({ text: 'two', timeoutMs: 0 });
  queue.dismiss(first);
  queue.dismiss(first);
  assert.deepEqual(
    queue.toasts().map(({ text, timeoutMs }) => [text, timeoutMs]),
    [['two', 0]],
  );
});

test('between changes the list is the same object, as React wants it', () => {
  const queue = new ToastQueue();
  queue.show({ text: 'one' });
  assert.equal(queue.toasts(), queue.toasts());
});
