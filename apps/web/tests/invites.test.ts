import assert from 'node:assert/strict';
import test from 'node:test';
import type { Page } from 'playwright-core';
import { keepScreen, openBrowser, openHouse, visit } from './house.ts';
import { fillAccountForm, go, patienceMs, postWith, signUp } from './people.ts';

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

test('an invite opens at the channel, keeps its place through sign-up, asks where admins decide, and ends when revoked', async (t) => {
  const house = await openHouse(t);
  const browser = await openBrowser(t);
  const owner = await visit(browser, house.origin);
  await signUp(owner.page, 'Ada');
  const open = await createUnlisted(owner.page, 'Shady garden');
  await owner.page.getByRole('link', { name: 'Open channel' }).click();
  await owner.page
    .getByRole('textbox', { name: 'Post text', exact: true })
    .fill('For those inside');
  await owner.page.keyboard.press('Enter');
  await postWith(owner.page, 'For those inside').waitFor();
  const channel = new URL(owner.page.url()).hash;
  const invited = await visit(browser, house.origin, { at: open });
  const reader = invited.page;
  reader.setDefaultTimeout(patienceMs);
  await reader.getByRole('heading', { name: 'Shady garden' }).waitFor();
  assert.equal(await postWith(reader, 'For those inside').count(), 0);
  await reader.getByRole('button', { name: 'Follow channel' }).click();
  await fillAccountForm(reader, 'Ben');
  await reader.getByRole('button', { name: 'Later' }).click();
  await reader.getByRole('button', { name: 'Skip' }).click();
  await postWith(reader, 'For those inside').waitFor();
  await reader.getByRole('list', { name: 'Chats' }).getByText('Shady garden').waitFor();

  await go(owner.page, `${channel}/links`);
  await owner.page.getByText('Approve new subscribers').click();
  await owner.page.getByRole('button', { name: 'Create link' }).click();
  await owner.page.getByText('Not used yet · needs approval').waitFor();
  // The newest link stands first.
  const asking = await linkIn(owner.page);
  assert.notEqual(asking, open);
  const guest = await visit(browser, house.origin);
  await signUp(guest.page, 'Cleo');
  await go(guest.page, asking);
  await guest.page.getByText('An admin must approve your request.').waitFor();
  await guest.page.getByRole('button', { name: 'Request to join' }).click();
  await guest.page.getByText('Request sent').first().waitFor();
  const row = guest.page.getByRole('list', { name: 'Chats' }).getByRole('link');
  await row.getByText('Waiting for approval').waitFor();

  await go(owner.page, `${channel}/requests`);
  await owner.page.getByText('Cleo').waitFor();
  await owner.page.getByRole('button', { name: 'Accept' }).click();
  await owner.page.getByText('No join requests').waitFor();
  await row.getByText('For those inside').waitFor();
  await row.click();
  await postWith(guest.page, 'For those inside').waitFor();

  await go(owner.page, `${channel}/links`);
  await owner.page.getByRole('button', { name: 'Revoke' }).last().click();
  await owner.page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await owner.page.getByText('Link revoked').waitFor();
  const late = await visit(browser, house.origin, { at: open });
  late.page.setDefaultTimeout(patienceMs);
  await late.page.getByText('This invite link no longer works').waitFor();
  assert.deepEqual(
    [owner, invited, guest, late].flatMap(({ complaints }) => complaints),
    [],
  );
});

test('a link is used up, another expires; who was declined may ask again', async (t) => {
  const house = await openHouse(t);
  const browser = await openBrowser(t);
  const owner = await visit(browser, house.origin, { viewport: { width: 1440, height: 900 } });
  await signUp(owner.page, 'Ada');
  await createUnlisted(owner.page, 'Shady garden');
  await owner.page.getByRole('link', { name: 'Open channel' }).click();
  await owner.page.getByRole('textbox', { name: 'Post text', exact: true }).waitFor();
  const channel = new URL(owner.page.url()).hash;
  await go(owner.page, `${channel}/links`);
  const { page } = owner;
  const expiry = page.getByRole('combobox', { name: 'Expires' });
  await expiry.selectOption({ label: 'After a day' });
  await page.getByRole('combobox', { name: 'Number of people' }).selectOption('1');
  await page.getByRole('button', { name: 'Create link' }).click();
  await page.getByText(/^Used 0 of 1 times · expires /).waitFor();
  const single = await linkIn(page);
  await keepScreen(page, 'flow-links-desk');
  const [first, second] = await Promise.all([
    visit(browser, house.origin, phone),
    visit(browser, house.origin, phone),
  ]);
  await Promise.all([signUp(first.page, 'Ben'), signUp(second.page, 'Cleo')]);
  await go(first.page, single);
  await first.page.getByRole('button', { name: 'Follow channel' }).click();
  await first.page.getByText('No posts yet').filter({ visible: true }).first().waitFor();
  await go(second.page, single);
  await second.page.getByText('This invite link no longer works').waitFor();
  await keepScreen(second.page, 'flow-invite-used-phone');

  await expiry.selectOption({ label: 'After an hour' });
  await page.getByRole('combobox', { name: 'Number of people' }).selectOption('0');
  // The window's clock says that the hour is nearly over.
  await page.clock.setFixedTime(Date.now() - 3_600_000 + 6_000);
  await page.getByRole('button', { name: 'Create link' }).click();
  await page.getByText(/^Not used yet · expires /).waitFor();
  const brief = await linkIn(page);
  await page.clock.setFixedTime(Date.now());
  await go(second.page, brief);
  const invalid = second.page.getByText('This invite link no longer works');
  const ended = Date.now() + patienceMs;
  while (!(await invalid.isVisible()) && Date.now() < ended) {
    await second.page.reload();
    await second.page.getByRole('heading', { level: 1 }).first().waitFor();
  }
  await invalid.waitFor();

  await page.getByText('Approve new subscribers').click();
  await expiry.selectOption({ label: 'Never' });
  await page.getByRole('button', { name: 'Create link' }).click();
  await page.getByText('Not used yet · needs approval').waitFor();
  const asking = await linkIn(page);
  await go(second.page, asking);
  await second.page.getByRole('button', { name: 'Request to join' }).click();
  await second.page.getByText('Request sent').first().waitFor();
  await keepScreen(second.page, 'flow-asked-phone');
  await go(page, `${channel}/requests`);
  await page.getByText('Cleo').waitFor();
  await keepScreen(page, 'flow-requests-desk');
  await page.getByRole('button', { name: 'Decline' }).click();
  await page.getByText('No join requests').waitFor();
  const again = second.page.getByRole('button', { name: 'Request to join' });
  await again.waitFor();
  await again.click();
  await go(page, `${channel}/info`);
  await go(page, `${channel}/requests`);
  await page.getByRole('button', { name: 'Accept' }).click();
  await second.page.getByText('No posts yet').filter({ visible: true }).first().waitFor();
  assert.deepEqual(
    [owner, first, second].flatMap(({ complaints }) => complaints),
    [],
  );
});

/** Answers the fragment of the link that the new channel shows. */
async function createUnlisted(page: Page, title: string): Promise<string> {
  await go(page, '#new-channel');
  await page.getByRole('textbox', { name: 'Title' }).fill(title);
  await page.getByText('Invite only').click();
  await page.getByRole('button', { name: 'Create channel' }).click();
  await page.getByText('Your channel is ready').waitFor();
  return linkIn(page);
}

async function linkIn(page: Page): Promise<string> {
  const link = (await page.getByText(/#\+/).first().textContent()) ?? '';
  const { hash } = new URL(link);
  assert.match(hash, /^#\+[\w-]{20,}$/);
  return hash;
}
