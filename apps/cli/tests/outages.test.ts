import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { kill, lineReader, World } from './harness.ts';

const world = new World();
before(async () => {
  await world.start();
  await world.signUp('ann');
  await world.ask('ann', 'channel', 'create', '--title', 'Talk', '--username', 'talk_here');
});
after(() => world.close());

test('CLI-10: people are told of an outage and of its end, scripts of neither', async () => {
  const person = world.follow('ann', 'tail', '@talk_here');
  const script = world.follow('ann', 'tail', '@talk_here', '--json');
  await Promise.all([lineReader(person).next(), lineReader(script).next()]);
  let told = '';
  person.stderr.on('data', (data: Buffer) => {
    told += data.toString();
  });
  let logged = '';
  script.stderr.on('data', (data: Buffer) => {
    logged += data.toString();
  });
  const { port = 0, child } = world.server ?? {};
  assert.ok(child);
  await kill(child);
  await world.start(port);
  while (!told.includes('again.')) await once(person.stderr, 'data');
  assert.match(told, /^heliogram: .*\. Trying again…\nConnected again\.\n$/);
  assert.equal(logged, '');
});
