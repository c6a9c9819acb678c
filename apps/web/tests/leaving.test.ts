import assert from 'node:assert/strict';
import test from 'node:test';
import { keepScreen, openBrowser, openHouse, visit } from './house.ts';
import {
  composer,
  createChannel,
  fillAccountForm,
  go,
  patienceMs,
  postWith,
  publish,
  signUp,
} from './people.ts';

test('WEB-4: a post that is sent in the moment in which its page is closed is there once', async (t) => {
  const house = await openHouse(t);
  const browser = await openBrowser(t);
  const { page, context, complaints } = await visit(browser, house.origin);
  await signUp(page, 'Ada');
  await createChannel(page, 'Closing', 'closing_time');
  let current = page;
  for (const text of ['Good night, one', 'Good night, two', 'Good night, three']) {
    // A worker that ends before it hears: on a quick machine it would have heard all of them.
    if (text.endsWith('two')) {
      await current.evaluate(() => {
        Worker.prototype.postMessage = () => undefined;
      });
    }
    // Typed and sent faster than any draft is saved.
    await composer(current).fill(text);
    await composer(current).press('Control+Enter');
    await current.close();
    current = await context.newPage();
    current.setDefaultTimeout(patienceMs);
    await current.goto(`${house.origin}/#@closing_time`);
    await postWith(current, text).first().waitFor();
  }
  await postWith(current, 'Good night, three').getByText('Sending').waitFor({ state: 'detached' });
  assert.equal(await composer(current).inputValue(), '');
  await house.run('reader', 'sign-up', '--server', house.origin, '--name', 'Reader');
  const lines = (await house.run('reader', 'read', '@closing_time')).trim().split('\n');
  const texts = lines.map((line) => (JSON.parse(line) as { text: string }).text);
  assert.deepEqual(texts, ['Good night, one', 'Good night, two', 'Good night, three']);
  const left = await current.evaluate(() =>
    Object.keys(localStorage).filter((key) => key.includes('unsent')),
  );
  assert.deepEqual(left, []);
  assert.deepEqual(complaints, []);
});

test('OWN-14: keys pressed in the moment in which a page is closed are in the draft', async (t) => {
  const house = await openHouse(t);
  const browser = await openBrowser(t);
  const { page, context, complaints } = await visit(browser, house.origin);
  await signUp(page, 'Ada');
  await createChannel(page, 'Closing', 'closing_draft');
  await composer(page).fill('Half a thought');
  // A worker that ends before it hears, whatever is said to it.
  await page.evaluate(() => {
    Worker.prototype.postMessage = () => undefined;
  });
  await composer(page).pressSequentially(', and the rest');
  await page.close();
  const again = await context.newPage();
  again.setDefaultTimeout(patienceMs);
  await again.goto(`${house.origin}/#@closing_draft`);
  await again.waitForFunction(
    () =>
      document.querySelector<HTMLTextAreaElement>('.composer textarea')?.value ===
      'Half a thought, and the rest',
  );
  await again.waitForFunction(
    () => !Object.keys(localStorage).some((key) => key.includes('written')),
  );
  assert.deepEqual(complaints, []);
});

test('WEB-16: whose account is suspended reads why in place of the composer, and public channels as a visitor', async (t) => {
  const house = await openHouse(t);
  const browser = await openBrowser(t);
  const { page } = await visit(browser, house.origin, { at: '#sign-up' });
  page.setDefaultTimeout(patienceMs);
  await page.getByRole('textbox', { name: 'Username' }).fill('loud_ada');
  await fillAccountForm(page, 'Ada');
  await page.getByRole('button', { name: 'Later' }).click();
  await page.getByRole('button', { name: 'Skip' }).click();
  await createChannel(page, 'Silent', 'silent_owner');
  const server = ['--server', house.origin];
  await house.run('other', 'sign-up', ...server, '--name', 'Other');
  await house.run('other', 'channel', 'create', '--title', 'Quiet', '--username', 'quiet_news');
  await house.run('other', 'post', '@quiet_news', 'Never read here');
  await createChannel(page, 'Loud', 'too_loud');
  await publish(page, 'Shouting');
  await postWith(page, 'Shouting').first().waitFor();
  await postWith(page, 'Shouting').getByText('Sending').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Post', exact: true }).waitFor();
  await house.run(
    'operator',
    'admin',
    'suspend',
    '@loud_ada',
    '--data',
    house.data,
    '--reason',
    'Too loud.',
  );
  await page.locator('.visitor-bar', { hasText: 'suspended your account. Too loud.' }).waitFor();
  await composer(page).waitFor({ state: 'detached' });
  await postWith(page, 'Shouting').waitFor();
  await keepScreen(page, 'suspended');
  // What a visitor may do with a post, and no more.
  await postWith(page, 'Shouting').hover();
  await page.getByRole('button', { name: 'Post actions' }).click();
  const items = page.getByRole('menuitem');
  await items.first().waitFor();
  assert.deepEqual(await items.allTextContents(), ['Copy text', 'Copy link']);
  await page.keyboard.press('Escape');
  // Opened anew it is let in nowhere but where everybody is: what nobody read here comes all the same.
  await page.goto(`${house.origin}/#@quiet_news`);
  await page.reload();
  await postWith(page, 'Never read here').waitFor();
  await go(page, '#@silent_owner');
  await page.getByText('New posts will appear here.').waitFor();
  assert.equal(await page.getByText('Write the first post below').count(), 0);
  await keepScreen(page, 'suspended-reading');
});

test('WEB-13, WEB-14: an account deleted elsewhere leaves when its person says so; signing out takes the device off the list', async (t) => {
  const house = await openHouse(t);
  const browser = await openBrowser(t);
  const { page } = await visit(browser, house.origin);
  const words = await signUp(page, 'Ada');
  await createChannel(page, 'Ends', 'it_all_ends');
  const phrase = words.join(' ');
  const server = ['--server', house.origin];
  await house.feed(
    'other',
    [phrase],
    'recover',
    ...server,
    '--phrase-stdin',
    '--device-name',
    'other',
  );
  const second = await visit(browser, house.origin, { at: '#sign-in' });
  second.page.setDefaultTimeout(patienceMs);
  await second.page.getByRole('textbox', { name: 'Recovery phrase' }).fill(phrase);
  await second.page.getByRole('button', { name: 'Sign in' }).click();
  await second.page.getByRole('list', { name: 'Chats' }).getByText('Ends').waitFor();
  await go(second.page, '#settings/account');
  await second.page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await second.page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
  await second.page.getByRole('link', { name: 'Create account' }).first().waitFor();
  const devices = (await house.run('other', 'devices')).trim().split('\n');
  // Only active devices are listed: the first one and this one, not the one that signed out.
  const isCurrent = devices.map((line) => (JSON.parse(line) as { current: boolean }).current);
  assert.deepEqual(isCurrent.toSorted(), [false, true]);

  await house.run('other', 'account', 'delete', '--yes');
  await page.getByRole('alert').getByText('Account not found on the server').waitFor();
  await keepScreen(page, 'account-gone');
  await page.reload();
  await page.getByRole('alert').getByText('Account not found on the server').waitFor();
  await page.getByRole('button', { name: 'Clear this device' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Clear this device' }).click();
  await page.getByRole('link', { name: 'Create account' }).first().waitFor();
});
