import assert from 'node:assert/strict';
import { test } from 'node:test';
import { takenOver, type WaitingWorker } from './takeover.ts';

class FakeWorker extends EventTarget {
  state: ServiceWorkerState = 'installed';

  become(state: ServiceWorkerState): void {
    this.state = state;
    this.dispatchEvent(new Event('statechange'));
  }
}

function watched(worker: FakeWorker | null) {
  let isOver = false;
  const over = takenOver(worker as unknown as WaitingWorker | null, 15_000).then(() => {
    isOver = true;
  });
  return { over, isOver: () => isOver };
}

test('APP-7: nothing is held back where no version waits', async () => {
  const active = new FakeWorker();
  active.state = 'activated';
  await watched(null).over;
  await watched(active).over;
});

test('APP-7: what is meant for the old version is held back until the new one takes over', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const worker = new FakeWorker();
  const { over, isOver } = watched(worker);
  t.mock.timers.tick(14_999);
  await Promise.resolve();
  assert.equal(isOver(), false);
  worker.become('activating');
  await over;
});

test('APP-7: a version that never takes over holds nothing back for ever', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { over } = watched(new FakeWorker());
  t.mock.timers.tick(15_000);
  await over;
});
