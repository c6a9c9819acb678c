import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import test from 'node:test';
import { openBrowser, openHouse, type RunningHouse, visit } from './house.ts';
import { composer, createChannel, postWith, publish, signUp } from './people.ts';

const keptWithinMs = 1_500;

test('without a network everything read is there; a post waits, survives a reload and goes out once', async (t) => {
  const house = await openHouse(t);
  const browser = await openBrowser(t);
  const { page, context, complaints } = await visit(browser, house.origin);
  await signUp(page, 'Ada');
  await createChannel(page, 'On the road', 'on_the_road');
  await publish(page, 'Before the tunnel');
  await page.locator('[data-seq]').filter({ hasText: 'Before the tunnel' }).waitFor();
  // The app is opened from its own store once it is installed.
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  // What is followed is written behind what is shown, and nothing on the page tells when.
  await page.waitForTimeout(keptWithinMs);

  house.stop();
  await context.setOffline(true);
  await page.getByText('No connection', { exact: true }).waitFor();
  await publish(page, 'In the tunnel');
  await postWith(page, 'In the tunnel').getByText('Sending').waitFor();
  await page.reload();
  await page.getByRole('list', { name: 'Chats' }).getByText('On the road').waitFor();
  await postWith(page, 'Before the tunnel').waitFor();
  await postWith(page, 'In the tunnel').getByText('Sending').waitFor();
  await page.getByText('No connection', { exact: true }).waitFor();
  await page.reload();
  await postWith(page, 'In the tunnel').getByText('Sending').waitFor();

  await house.start();
  await context.setOffline(false);
  await postWith(page, 'In the tunnel').getByText('Sending').waitFor({ state: 'detached' });
  await page.getByText('No connection', { exact: true }).waitFor({ state: 'detached' });
  await publish(page, 'After the tunnel');
  await postWith(page, 'After the tunnel').getByText('Sending').waitFor({ state: 'detached' });
  await house.run('reader', 'sign-up', '--server', house.origin, '--name', 'Reader');
  assert.deepEqual(await textsOf(house, '@on_the_road'), [
    'Before the tunnel',
    'In the tunnel',
    'After the tunnel',
  ]);
  assert.equal(await postWith(page, 'In the tunnel').count(), 1);
  assert.deepEqual(complaints, []);
});

test('a reload in the middle of an upload goes on where it stopped, and the post goes out', async (t) => {
  const house = await openHouse(t);
  const browser = await openBrowser(t);
  const { page, context, complaints } = await visit(browser, house.origin);
  await signUp(page, 'Ada');
  await createChannel(page, 'Archive', 'the_archive');
  const bytes = randomBytes(20_000_000);
  // Pieces of the file are counted; after the first one the way is closed until the reload.
  const offsets: number[] = [];
  let open = true;
  await context.route('**/uploads/**', async (route) => {
    const request = route.request();
    if (request.method() === 'PATCH') {
      if (!open) return route.abort('connectionfailed');
      offsets.push(Number(request.headers()['upload-offset']));
      open = false;
    }
    await route.continue();
  });
  await page
    .locator('input[type=file]')
    .last()
    .setInputFiles([{ name: 'tape.bin', mimeType: 'application/octet-stream', buffer: bytes }]);
  await publish(page, 'The whole tape');
  const post = postWith(page, 'The whole tape');
  await post.getByText('Uploading').waitFor();
  while (offsets.length === 0) await page.waitForEvent('request');
  await page.reload();
  open = true;
  await context.unroute('**/uploads/**');
  const resumed = page.context().waitForEvent('request', {
    predicate: (request) => request.method() === 'PATCH',
  });
  await post.waitFor();
  const offset = Number((await resumed).headers()['upload-offset']);
  await post.getByRole('button', { name: /Download/ }).waitFor();
  assert.deepEqual(offsets, [0]);
  assert.ok(offset > 0, `it went on at ${offset}`);
  await house.run('reader', 'sign-up', '--server', house.origin, '--name', 'Reader');
  const entries = await entriesOf(house, '@the_archive');
  const [entry] = entries;
  assert.deepEqual(entry?.attachments, [
    { name: 'tape.bin', mediaType: 'application/octet-stream', size: bytes.length },
  ]);
  assert.equal(entries.length, 1);
  assert.equal(await composer(page).inputValue(), '');
  assert.deepEqual(complaints, []);
});

interface Read {
  readonly text: string;
  readonly attachments?: readonly unknown[];
}

/** What the server has, as somebody else reads it over the command line. */
async function entriesOf(house: RunningHouse, chat: string): Promise<readonly Read[]> {
  const lines = await house.run('reader', 'read', chat);
  return lines
    .trim()
    .split('\n')
    .map((line): Read => JSON.parse(line));
}

async function textsOf(house: RunningHouse, chat: string): Promise<readonly string[]> {
  return (await entriesOf(house, chat)).map(({ text }) => text);
}
