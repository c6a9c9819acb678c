import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import type { RunningHouse } from '../house.ts';

/** What the screens show: channels of several people, with everything that a post can hold. */
export interface World {
  readonly letters: string;
  readonly garden: string;
  /** Has somebody who asks to be let in. */
  readonly requests: string;
  /** Fragment of an invite. */
  readonly invite: string;
}

const arabic =
  'صباح الخير! هذه رسالة من الصحراء: الشمس تُشرق والرمل يلمع، وموعدنا @leila الساعة 7:30.';
const longWord = `Donaudampfschifffahrtsgesellschaftskapitänsmütze${'ß'.repeat(60)}`;
const rich = [
  '**First light** over the dunes, _before anyone is awake_. ~~Noon~~ Dawn is best. #desert',
  'See [the map](https://maps.example.org/dunes) and https://example.org/a/long/path?with=query',
  '> The desert is a sea without water.',
  '```js\nconst dune = (x) => Math.sin(x / 40) * 12;\n```',
].join('\n\n');

/** Its owner has this recovery phrase. */
export async function furnish(
  t: TestContext,
  house: RunningHouse,
  phrase: readonly string[],
): Promise<World> {
  const files = mkdtempSync(join(tmpdir(), 'heliogram-pictures-'));
  t.after(() => rmSync(files, { recursive: true, force: true }));
  const { origin } = house;
  await Promise.all([
    house.feed('ada', [phrase.join(' ')], 'recover', '--server', origin, '--phrase-stdin'),
    house.run(
      'leila',
      'sign-up',
      '--server',
      origin,
      '--name',
      'Leila Haddad',
      '--username',
      'leila',
    ),
    house.run(
      'omar',
      'sign-up',
      '--server',
      origin,
      '--name',
      'عمر الفاروق',
      '--username',
      'omar_f',
    ),
    drawAll(files),
  ]);
  const [letters, garden] = await Promise.all([ownChannels(house, files), othersChannels(house)]);
  return { ...letters, garden };
}

async function ownChannels(house: RunningHouse, files: string) {
  const ada = (...args: readonly string[]) => house.run('ada', ...args);
  const made = await ada(
    ...['channel', 'create', '--title', 'Desert letters', '--username', 'desert_letters'],
    ...['--description', 'A letter from the dunes every morning, with pictures of the day.'],
  );
  const chat = '@desert_letters';
  await ada('channel', 'edit', chat, '--avatar', join(files, 'sun.jpg'));
  await ada('post', chat, 'A first line, so that there is something to answer.');
  await ada('post', chat, rich);
  await ada('post', chat, arabic);
  await ada('post', chat, longWord);
  const album = ['sun', 'dusk', 'wide', 'tall'].flatMap((name) => [
    '--file',
    join(files, `${name}.jpg`),
  ]);
  await ada('post', chat, ...album, '--caption', 'Four hours of light');
  await ada('post', chat, '--file', join(files, 'notes.txt'), '--caption', 'What I wrote down');
  await ada('post', chat, 'An answer to the first line.', '--reply', '1');
  await ada('pin', chat, '2');
  await ada('react', chat, '2', '🌅');
  await ada('edit', chat, '1', 'A first line, written once more.');
  const hidden = await ada('channel', 'create', '--title', 'Shady garden', '--private');
  const { conversationId } = JSON.parse(hidden);
  const asking = await ada('channel', 'invite', 'create', conversationId, '--approval');
  const { inviteLink } = JSON.parse(asking);
  await ada('post', conversationId, 'Only those who hold a link read this.');
  await Promise.all([
    house.run('omar', 'channel', 'follow', inviteLink),
    house.run('omar', 'channel', 'follow', chat),
    house.run('leila', 'channel', 'follow', chat),
  ]);
  await house.run('omar', 'react', chat, '2', '🌅');
  await ada('channel', 'admin', 'set', chat, '@leila', '--rights', 'post,edit');
  return {
    letters: String(JSON.parse(made).conversationId),
    requests: String(conversationId),
    invite: new URL(inviteLink).hash,
  };
}

async function othersChannels(house: RunningHouse): Promise<string> {
  const leila = (...args: readonly string[]) => house.run('leila', ...args);
  await leila('channel', 'create', '--title', 'Harbour radio', '--username', 'harbour_radio');
  await leila(
    'channel',
    'create',
    '--title',
    'Trams, timetables and everything that runs late',
    '--username',
    'late_trams',
  );
  const omar = (...args: readonly string[]) => house.run('omar', ...args);
  const made = await omar(
    'channel',
    'create',
    '--title',
    'حديقة الصباح',
    '--username',
    'morning_garden',
    '--description',
    'أخبار الحديقة كل صباح.',
  );
  await omar('post', '@morning_garden', arabic);
  await Promise.all([
    house.run('ada', 'channel', 'follow', '@harbour_radio'),
    leila('post', '@late_trams', 'Line 4 is late.'),
  ]);
  await house.run('ada', 'channel', 'follow', '@late_trams');
  await house.run('ada', 'mute', '@late_trams');
  await house.run('ada', 'channel', 'follow', '@morning_garden');
  await house.feed(
    'leila',
    Array.from({ length: 12 }, (_, i) => `Ship number ${i + 1} came in.`),
    'post',
    '@harbour_radio',
    '--stdin',
  );
  await leila('post', '@late_trams', 'Line 4 is still late.');
  return String(JSON.parse(made).conversationId);
}

const shapes = {
  sun: [1200, 800],
  dusk: [900, 1200],
  wide: [1600, 700],
  tall: [800, 1300],
} as const;

async function drawAll(directory: string): Promise<void> {
  writeFileSync(join(directory, 'notes.txt'), 'wind from the west\n'.repeat(200));
  const hues = ['#f6c56b', '#c2562d', '#6ba4c9', '#3b2140'];
  await Promise.all(
    Object.entries(shapes).map(async ([name, [width, height]], i) => {
      const sky = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
        <defs><linearGradient id="s" x2="0" y2="1"><stop stop-color="${hues[i]}"/><stop offset="1" stop-color="#3b2140"/></linearGradient></defs>
        <rect width="100%" height="100%" fill="url(#s)"/>
        <circle cx="70%" cy="38%" r="12%" fill="#fff6dd"/></svg>`;
      await sharp(Buffer.from(sky))
        .jpeg()
        .toFile(join(directory, `${name}.jpg`));
    }),
  );
}

/** Two seconds of nothing, as 8-bit sound. */
function silence(): Buffer {
  const samples = Buffer.alloc(16_000, 128);
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + samples.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8_000, 24);
  head.writeUInt32LE(8_000, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write('data', 36);
  head.writeUInt32LE(samples.length, 40);
  return Buffer.concat([head, samples]);
}

/** A draft and a chat at the top: they live in the browser. */
export async function settleIn(page: Page, { garden, letters }: World): Promise<void> {
  const row = (id: string) => page.locator(`[data-chat="${id}"]`);
  await row(letters).waitFor();
  await row(letters).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Pin' }).click();
  await page.evaluate((to) => {
    location.hash = to;
  }, `c/${letters}`);
  const sound = { name: 'wind.wav', mimeType: 'audio/wav', buffer: silence() };
  await page.locator('.composer input[type=file]').first().setInputFiles([sound]);
  const text = page.getByRole('textbox', { name: 'Post text', exact: true });
  await text.fill('How it sounds');
  await page.getByRole('button', { name: 'Post', exact: true }).click();
  await row(letters).getByText('How it sounds').waitFor();
  await text.fill('Half a thought about');
  await row(garden).waitFor();
}
