import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Attachment } from '@heliogram/content';
import { ChannelsService, LogService, MediaShape } from '@heliogram/protocol';
import { hill, type Newsroom } from './newsroom.ts';

const DAY_MS = 86_400_000;
const LINES = 240;

/** A channel as a careful editor would fill it, with everything that a post can hold. */
export async function frontPage(room: Newsroom): Promise<{ username: string; photoPost: number }> {
  const editor = await room.person('Mara Lindqvist', 'maralindqvist');
  const avatar = await editor.photo(hill(24), [600, 600]);
  const id = await editor.channel({
    title: 'The Hilltop Courier',
    username: 'hilltopcourier',
    description:
      'Signals from the ridge: weather, walks and the people who keep the mirrors bright.\nOne letter a morning, more when the sun is out.',
  });
  await editor.call(ChannelsService.method.updateChannel, {
    conversationId: id,
    avatarMediaId: avatar.mediaId,
  });
  const coast = await editor.channel({
    title: 'Coast Watch — خفر السواحل',
    username: 'coastwatch',
  });
  const [origin = 0] = await editor.post(
    coast,
    'Fog bank off the **northern light**, moving east at walking pace. Boats under six metres stay in.',
  );
  const lights = [20, 200, 340, 90, 260];
  const photos: Attachment[] = [];
  for (const [index, hue] of lights.entries()) {
    const size = index === 1 ? ([900, 1_200] as const) : ([1_200, 900] as const);
    const photo = await editor.photo(hill(hue, 18 + index * 6), size);
    photos.push({ ...photo, description: `The ridge in the light of morning ${index + 1}` });
  }
  const pdf = await editor.upload(Buffer.from(`%PDF-1.4\n${'route '.repeat(60_000)}`), {
    name: 'ridge-walk-map-2026.pdf',
    mediaType: 'application/pdf',
    shape: MediaShape.FILE,
  });
  const tone = await editor.upload(wave(), {
    name: 'signal-horn.wav',
    mediaType: 'audio/wav',
    shape: MediaShape.AUDIO,
  });
  const [one, two, three, four, five] = photos;
  const seqs = await editor.post(
    id,
    '**The mirrors are up again.** After eleven weeks of cloud the north station answered at 06:14 this morning: four long flashes, then the old greeting.\n\nWe had forgotten how quiet it is, reading a message that makes no sound. The night watch wrote it down twice to be sure.',
    {
      text: 'صباح الخير من المحطة الجنوبية. السماء صافية والمرآة جاهزة، وسنبدأ الإرسال عند الساعة السابعة.\n\n> من رأى الشمس أولاً فليخبر جاره',
    },
    {
      text: 'First light, from the shelter below the summit.',
      attachments: [one].flatMap((each) => each ?? []),
    },
    'Corrections to yesterday’s table:\n\n```\nstation   azimuth   mil\nnorth      012.4    220\nridge      087.0   1547\nharbour    164.5   2924\n```\n\nThe harbour figure was read upside down. Thank you, @maralindqvist, and everyone who wrote in. #corrections',
    {
      text: 'Five mornings on the same path.',
      attachments: [one, two, three, four, five].flatMap((each) => each ?? []),
    },
    'How to read a flash by hand, in [the field manual](https://example.org/field-manual/reading) or at https://example.org/signals?lang=en — and a warning: [your bank](https://phish.example/login) never writes by mirror.',
    {
      text: 'The map for Sunday’s walk, and the horn you will hear at noon.',
      attachments: [pdf, tone],
    },
    'A word for those who measure things: *Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft* fits on one line of the long tape only. ~~Two~~ One and a half.',
    'Tomorrow: wind from the west, clear until four. The north station opens at sunrise, 07:52 UTC. Bring `dark glasses`.',
  );
  await editor.person.client.posts.forward(
    { conversationId: coast, seq: origin, title: 'Coast Watch — خفر السواحل' },
    { conversationId: id },
  );
  const replyTo = await editor.person.client.posts.reference(id, seqs[0] ?? 0);
  await editor.post(id, {
    text: 'And the south station saw it too, nine minutes later, by way of the lake.',
    replyTo,
  });
  await editor.person.client.posts.edit(
    id,
    seqs[3] ?? 0,
    'Corrections to yesterday’s table:\n\n```\nstation   azimuth   mil\nnorth      012.4    220\nridge      087.0   1547\nharbour    164.5   2925\n```\n\nThe harbour figure was read upside down, and then once more. Thank you, @maralindqvist, and everyone who wrote in. #corrections',
  );
  await readers(room, id, seqs);
  await chatter(room);
  return { username: 'hilltopcourier', photoPost: seqs[2] ?? 0 };
}

/** Days apart, as a paper has them; the rest keeps its time. */
export function editions(row: number, seq: number): number {
  return row === 1 ? Math.max(0, Math.ceil((9 - seq) / 3)) * DAY_MS + (20 - seq) * 1_000_000 : 0;
}

async function readers(room: Newsroom, id: string, seqs: readonly number[]): Promise<void> {
  for (const [index, name] of ['Ada', 'Ben', 'Cyd'].entries()) {
    const reader = await room.person(name);
    const { call } = reader;
    await call(ChannelsService.method.follow, { ref: { case: 'conversationId', value: id } });
    await call(LogService.method.acknowledge, { marks: [{ conversationId: id, seq: 12 - index }] });
    for (const seq of seqs.slice(0, 3)) {
      await call(ChannelsService.method.react, {
        conversationId: id,
        seq,
        emoji: index === 0 ? '🔥' : '🌞',
      });
    }
  }
}

/** Real lines, as people typed them. */
async function chatter(room: Newsroom): Promise<void> {
  const lines = realLines().slice(0, LINES);
  const bot = await room.person('Relay');
  const id = await bot.channel({
    title: 'Evening relay',
    username: 'eveningrelay',
    description: 'Lines from an open channel, as they were typed.',
  });
  for (let at = 0; at < lines.length; at += 60) await bot.post(id, ...lines.slice(at, at + 60));
}

const REAL_LINES = join(import.meta.dirname, '../../../../../shared/data/irc/2010-08-17_18.txt');

function realLines(): readonly string[] {
  const text = existsSync(REAL_LINES)
    ? readFileSync(REAL_LINES, 'utf8')
    : 'The lake is calm and the mirrors are bright.\n'.repeat(LINES);
  return text.split('\n').filter((line) => line.trim() !== '');
}

/** A second of a tone, as WAV. */
function wave(): Buffer {
  const samples = 8_000;
  const bytes = Buffer.alloc(44 + samples * 2);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(36 + samples * 2, 4);
  bytes.write('WAVEfmt ', 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(8_000, 24);
  bytes.writeUInt32LE(16_000, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36);
  bytes.writeUInt32LE(samples * 2, 40);
  for (let i = 0; i < samples; i += 1)
    bytes.writeInt16LE(Math.round(8_000 * Math.sin(i / 3)), 44 + i * 2);
  return bytes;
}
