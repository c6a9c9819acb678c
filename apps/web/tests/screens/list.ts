import type { Page } from 'playwright-core';
import type { Texts } from '../../language/languages.ts';
import { go } from '../people.ts';
import type { World } from './world.ts';

/** A screen: how one comes to it, and when it is there. */
export interface Screen {
  readonly name: string;
  readonly open: (page: Page) => Promise<void>;
  /** What has to be closed before the next one. */
  readonly leave?: (page: Page) => Promise<void>;
}

const closeByEscape = (page: Page) => page.keyboard.press('Escape');

/** Of somebody who has no account. */
export function strangersScreens({ texts, world }: { texts: Texts; world: World }): Screen[] {
  const { welcome, directory } = texts;
  return [
    at('welcome', '#', welcome.lookNote),
    at('create-account', '#sign-up', welcome.createNote),
    at('sign-in', '#sign-in', welcome.signInNote),
    at('directory-visitor', '#directory', 'Desert letters'),
    at('invite', world.invite, directory.inviteNote),
    at('invite-invalid', '#+AAAAAAAAAAAAAAAAAAAAAAAAAAA', directory.inviteInvalid),
    post('channel-visitor', '#@morning_garden', 1),
    at('not-found', '#what/is/this', texts.shell.unknownNote),
    {
      name: 'phrase',
      open: async (page) => {
        await go(page, '#sign-up');
        await page.getByRole('textbox').first().fill('Noor');
        await page.getByRole('button', { name: welcome.create }).click();
        await page.getByText(welcome.phraseRule).waitFor();
      },
    },
    {
      name: 'phrase-check',
      open: async (page) => {
        await page.getByRole('button', { name: welcome.phraseDone }).click();
        await page.getByText(welcome.checkWhy).waitFor();
      },
    },
    {
      name: 'phrase-later',
      open: async (page) => {
        await page.getByRole('button', { name: welcome.later }).click();
        await page.getByText(welcome.laterNote).waitFor();
      },
    },
    {
      name: 'empty-list',
      open: async (page) => {
        await page.getByRole('button', { name: welcome.laterGo }).click();
        await page.getByText(welcome.laterNote).waitFor({ state: 'detached' });
        await go(page, '#');
        await page.getByText(texts.chatList.emptyNote).waitFor();
      },
    },
  ];
}

/** Of the owner of the channels. */
export function ownersScreens({ texts, world }: { texts: Texts; world: World }): Screen[] {
  const { channel, composer, management, settings, search } = texts;
  const letters = `#c/${world.letters}`;
  const composerTools = (page: Page, name: string) =>
    page.locator('.composer').getByRole('button', { name, exact: true }).click();
  return [
    at('list', '#', 'Harbour radio'),
    at('directory', '#directory', texts.directory.note),
    post('channel', letters, 7),
    post('channel-rich', `${letters}/2`, 2),
    post('channel-album', `${letters}/5`, 5),
    post('channel-arabic', '#@morning_garden', 1),
    {
      name: 'reaction-picker',
      open: async (page) => {
        await go(page, `${letters}/7`);
        const post = page.locator('[data-seq="7"]');
        await post.waitFor();
        await post.hover();
        await post.getByRole('button', { name: channel.react, exact: true }).click();
        await page.locator('.reaction-picker').waitFor();
      },
      leave: closeByEscape,
    },
    {
      name: 'post-menu',
      open: async (page) => {
        await page.locator('[data-seq="7"]').click({ button: 'right' });
        await page.getByRole('menu').waitFor();
      },
      leave: closeByEscape,
    },
    {
      name: 'forward',
      open: async (page) => {
        await page.locator('[data-seq="7"]').click({ button: 'right' });
        await page.getByRole('menuitem', { name: channel.forward, exact: true }).click();
        await page.getByRole('list', { name: channel.forwardTo }).waitFor();
      },
      leave: closeByEscape,
    },
    {
      name: 'reply',
      open: async (page) => {
        await page.locator('[data-seq="7"]').click({ button: 'right' });
        await page.getByRole('menuitem', { name: channel.reply, exact: true }).click();
        await page.getByText(composer.replying).first().waitFor();
      },
      leave: async (page) => {
        await page.getByRole('button', { name: composer.cancelReply }).click();
      },
    },
    {
      name: 'schedule',
      open: async (page) => {
        await composerTools(page, composer.schedule);
        await page.getByRole('dialog').getByText(composer.oneHour).waitFor();
      },
      leave: closeByEscape,
    },
    {
      name: 'search-in-channel',
      open: async (page) => {
        await page.getByRole('button', { name: channel.search }).click();
        await page.keyboard.type('line');
        await page.locator('.channel-search mark').first().waitFor();
      },
      leave: async (page) => {
        await page.getByRole('button', { name: channel.closeSearch }).click();
      },
    },
    {
      name: 'viewer',
      open: async (page) => {
        await go(page, `${letters}/5`);
        await page.locator('[data-seq="5"] .post-picture').first().click();
        await page.locator('dialog.viewer img').first().waitFor();
      },
      leave: closeByEscape,
    },
    {
      name: 'search',
      open: async (page) => {
        await go(page, '#search');
        await page.getByRole('searchbox', { name: search.label }).fill('line');
        await page.getByText(search.posts, { exact: true }).waitFor();
      },
      leave: async (page) => {
        await page.getByRole('button', { name: search.close }).click();
      },
    },
    at('info', `${letters}/info`, management.countNote),
    at('edit', `${letters}/edit`, management.signPostsNote),
    at('links', `#c/${world.requests}/links`, management.linksNote),
    {
      name: 'qr',
      open: async (page) => {
        await page.getByRole('button', { name: management.showQr }).first().click();
        await page.getByText(management.qrNote).waitFor();
        await page.locator('.share-qr svg, .share-qr canvas, .share-qr img').first().waitFor();
      },
      leave: closeByEscape,
    },
    at('requests', `#c/${world.requests}/requests`, 'عمر الفاروق'),
    at('admins', `${letters}/admins`, 'Leila Haddad'),
    at('statistics', `${letters}/statistics`, management.growth),
    {
      name: 'delete',
      open: async (page) => {
        await go(page, `${letters}/delete`);
        await page.getByRole('button', { name: management.deleteChannel }).click();
        await page.getByRole('dialog').getByRole('textbox').waitFor();
      },
      leave: closeByEscape,
    },
    at('new-channel', '#new-channel', management.newNote),
    at('settings', '#settings', settings.title),
    at('settings-profile', '#settings/profile', settings.bioNote),
    at('settings-devices', '#settings/devices', settings.thisDevice),
    at('settings-appearance', '#settings/appearance', settings.sample),
    at('settings-language', '#settings/language', settings.languageNote),
    at('settings-notifications', '#settings/notifications', settings.push),
    at('settings-storage', '#settings/storage', settings.storageAll),
    at('settings-about', '#settings/about', settings.free),
    at('settings-account', '#settings/account', settings.deleteNote),
    {
      name: 'sign-out-warning',
      open: async (page) => {
        await page.getByRole('button', { name: settings.signOut, exact: true }).click();
        await page.getByText(settings.signOutWarning).waitFor();
      },
      leave: closeByEscape,
    },
    {
      name: 'help',
      open: async (page) => {
        await go(page, '#');
        await page.locator('[data-chat]').first().waitFor();
        await page.keyboard.press('?');
        await page.getByRole('dialog').waitFor();
      },
      leave: closeByEscape,
    },
  ];
}

function at(name: string, fragment: string, sign: string): Screen {
  return {
    name,
    open: async (page) => {
      await go(page, fragment);
      await page.getByText(sign).filter({ visible: true }).first().waitFor();
    },
  };
}

function post(name: string, fragment: string, seq: number): Screen {
  return {
    name,
    open: async (page) => {
      await go(page, fragment);
      await page.locator(`[data-seq="${seq}"]`).waitFor();
    },
  };
}
