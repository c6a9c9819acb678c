import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settle } from '../../tests/fake-server.ts';
import { range, seqs, setUp, textAt } from '../../tests/log-world.ts';
import type { LogSnapshot } from './cached-log.ts';

/** Posts until the log went back, what it went back to, and posts after that, before the client returns. */
const restores = [
  { name: 'ends earlier', back: 12, since: 0 },
  { name: 'has grown again, below its old end', back: 12, since: 3 },
  { name: 'has grown again to its old end', back: 12, since: 8 },
  { name: 'has grown again beyond its old end', back: 12, since: 15 },
  { name: 'has nothing that was known', back: 0, since: 30 },
];

for (const { name, back, since } of restores) {
  test(`SDK-20: an open log that went back and ${name} is shown as it is, and kept so`, async () => {
    const { world, store, platform, log, start } = setUp();
    world.fill(20);
    await log.open({ around: 'latest' });
    await settle();
    const reopened: LogSnapshot[] = [];
    log.events.on('reopened', (snapshot) => reopened.push(snapshot));
    world.server.link.drop();
    world.restore(back);
    for (let i = 0; i < since; i++) world.post(`since ${i + 1}`, false);
    await platform.advance(60_000);
    world.post('live');
    await settle();
    assert.equal(reopened.length, 1);
    const last = back + since + 1;
    assert.deepEqual(seqs(log.entries), range(Math.max(1, last - 10), last));
    assert.deepEqual(textAt(log, last), 'live');
    if (since > 0) assert.equal(textAt(log, last - 1), `since ${since}`);
    await log.close();
    const hits = await store.entries.search({ query: 'post 18', limit: 9 });
    assert.deepEqual(hits, []);
    // The next start goes on from there.
    const next = start();
    const snapshot = await next.log.open({ around: 'latest' });
    assert.deepEqual(seqs(snapshot.entries), range(Math.max(1, last - 9), last));
    await platform.advance(60_000);
    assert.deepEqual(
      next.changes.filter(({ removed }) => removed.length > 0),
      [],
    );
  });

  test(`SDK-20: a kept log that went back and ${name} while nobody was there is read anew`, async () => {
    const { world, store, platform, log, connection, start } = setUp();
    world.fill(20);
    await log.open({ around: 'latest' });
    await log.close();
    connection.close();
    world.restore(back);
    for (let i = 0; i < since; i++) world.post(`since ${i + 1}`, false);
    const next = start();
    await next.log.open({ around: 'latest' });
    await platform.advance(60_000);
    const end = back + since;
    assert.deepEqual(seqs(next.log.entries), range(Math.max(1, end - 9), end));
    assert.equal(next.log.state.headSeq, end);
    await next.log.close();
    const hits = await store.entries.search({ query: 'post 18', limit: 9 });
    assert.deepEqual(hits, []);
  });
}

test('SDK-20: a restored log that cannot be read at once is read when the server is back', async () => {
  const { world, platform, log } = setUp();
  world.fill(20);
  await log.open({ around: 'latest' });
  await settle();
  world.server.link.drop();
  world.restore(12);
  world.failReads = 1;
  await platform.advance(60_000);
  assert.equal(log.state.headSeq, 20);
  world.server.link.drop();
  await platform.advance(60_000);
  assert.equal(log.state.headSeq, 12);
  assert.deepEqual(seqs(log.entries), range(3, 12));
});
