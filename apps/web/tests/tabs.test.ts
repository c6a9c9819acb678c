import assert from 'node:assert/strict';
import test from 'node:test';
import { listen, openBrowser, openHouse, visit } from './house.ts';
import { composer, createChannel, patienceMs, postWith, publish, signUp } from './people.ts';

test('two tabs are one account: live, sharing drafts, and the second goes on when the first is closed', async (t) => {
  const house = await openHouse(t);
  const browser = await openBrowser(t);
  const { page: first, context, complaints } = await visit(browser, house.origin);
  await signUp(first, 'Ada');
  await createChannel(first, 'Twice', 'seen_twice');
  const second = await context.newPage();
  second.setDefaultTimeout(patienceMs);
  listen(second, complaints);
  await second.goto(`${house.origin}/#@seen_twice`);
  await composer(second).waitFor();

  await publish(first, 'From the first tab');
  await postWith(second, 'From the first tab').waitFor();
  await publish(second, 'From the second tab');
  await postWith(first, 'From the second tab').waitFor();

  await composer(first).fill('Half a thought');
  const row = second.getByRole('link', { name: /Twice/ });
  await row.getByText('Half a thought').waitFor();
  await second.reload();
  await composer(second).waitFor();
  await second.waitForFunction(
    () => document.querySelector<HTMLTextAreaElement>('.composer textarea')?.value !== '',
  );
  assert.equal(await composer(second).inputValue(), 'Half a thought');

  // The first tab leads: it has the store and the connection.
  await publish(first, 'Last words of the leader');
  // What the log shows is kept, sent or not.
  await postWith(first, 'Last words of the leader').first().waitFor();
  await composer(second).evaluate((field) => field.setAttribute('data-stands', ''));
  await first.close();
  await publish(second, 'Right after');
  const after = postWith(second, 'Right after');
  await after.first().waitFor();
  await after.getByText('Sending').waitFor({ state: 'detached' });
  await house.run('reader', 'sign-up', '--server', house.origin, '--name', 'Reader');
  await postWith(second, 'Last words of the leader').waitFor();
  // What is pressed while another tab takes over is pressed: the screen stands.
  assert.equal(await composer(second).getAttribute('data-stands'), '');
  const lines = (await house.run('reader', 'read', '@seen_twice')).trim().split('\n');
  const texts = lines.map((line): unknown => JSON.parse(line).text);
  assert.deepEqual(texts.toSorted(), [
    'From the first tab',
    'From the second tab',
    'Last words of the leader',
    'Right after',
  ]);
  for (const text of texts) assert.equal(await postWith(second, String(text)).count(), 1);
  assert.deepEqual(complaints, []);
});

test('WEB-19: when the leading tab stops, another says so, and goes on when it wakes', async (t) => {
  const house = await openHouse(t);
  const browser = await openBrowser(t);
  const { page: first, context } = await visit(browser, house.origin);
  await signUp(first, 'Ada');
  await createChannel(first, 'Stopped', 'stopped_tab');
  const second = await context.newPage();
  second.setDefaultTimeout(patienceMs);
  await second.goto(`${house.origin}/#@stopped_tab`);
  await composer(second).waitFor();
  const [leader] = first.workers();
  assert.ok(leader);
  // The thread waits as that of a stopped process does, here for a while.
  const stopped = leader.evaluate(() => {
    const lock = new Int32Array(new SharedArrayBuffer(4));
    Atomics.wait(lock, 0, 0, 9_000);
  });
  const notice = second.getByText('isn’t responding in another tab');
  await notice.waitFor();
  await publish(second, 'Written while nobody answered');
  await stopped;
  await notice.waitFor({ state: 'detached' });
  const post = postWith(second, 'Written while nobody answered');
  await post.getByText('Sending').waitFor({ state: 'detached' });
  await house.run('reader', 'sign-up', '--server', house.origin, '--name', 'Reader');
  assert.match(await house.run('reader', 'read', '@stopped_tab'), /Written while nobody answered/);
});
