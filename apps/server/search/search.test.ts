import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EntryKind } from '@heliogram/protocol';
import { World } from './tests/world.ts';

async function withWorld(run: (world: World) => Promise<void>): Promise<void> {
  const world = new World();
  try {
    await run(world);
  } finally {
    await world.close();
  }
}

test('SRC-1: a post is found by its words, in any order, and by the beginning of the last', () =>
  withWorld(async (world) => {
    const channel = await world.channel();
    const seq = await world.post(channel, 'The **mirror** catches [light](https://sun.example)');
    await world.post(channel, 'nothing of the kind');
    assert.deepEqual(await world.seqs('light mirror'), [seq]);
    assert.deepEqual(await world.seqs('catches mir'), [seq]);
    assert.deepEqual(await world.seqs('mir catches'), []);
    assert.deepEqual(await world.seqs('"mirror catches"'), [seq]);
    assert.deepEqual(await world.seqs('"catches mirror"'), []);
    assert.deepEqual(await world.seqs('absent'), []);
  }));

test('SRC-1: names and descriptions of files are found', () =>
  withWorld(async (world) => {
    const channel = await world.channel();
    const seq = await world.post(channel, '', {
      attachments: [
        {
          name: 'minutes-of-may.pdf',
          mediaType: 'application/pdf',
          size: 3,
          url: `mimi:///m/${'0'.repeat(64)}`,
          contentHash: new Uint8Array(32),
          showAs: 'file',
          description: 'what the council said',
        },
      ],
    });
    assert.deepEqual(await world.seqs('minutes may'), [seq]);
    assert.deepEqual(await world.seqs('council'), [seq]);
  }));

test('SRC-2: an edit is found by its new words only, a redacted or withheld post not at all', () =>
  withWorld(async (world) => {
    const channel = await world.channel();
    const edited = await world.post(channel, 'before sunrise');
    const redacted = await world.post(channel, 'before noon');
    const withheld = await world.post(channel, 'before dusk');
    await world.edit(channel, edited, 'after sunset');
    await world.redact(channel, redacted);
    await world.storage.log.setTakenDown(channel.id, withheld, 'spam');
    world.search.feed.postChanged(channel, withheld);
    assert.deepEqual(await world.seqs('before '), []);
    assert.deepEqual(await world.seqs('sunset'), [edited]);
    await world.storage.log.setTakenDown(channel.id, withheld, null);
    world.search.feed.postChanged(channel, withheld);
    assert.deepEqual(await world.seqs('before '), [withheld]);
    await world.edit(channel, withheld, 'nothing');
    await world.redact(channel, withheld);
    assert.deepEqual(await world.seqs('nothing '), []);
  }));

test('SRC-4: text without spaces is found by any part of it', () =>
  withWorld(async (world) => {
    const channel = await world.channel();
    const seq = await world.post(channel, '今日は東京タワーへ行きました');
    await world.post(channel, '京都と東北へ');
    assert.deepEqual(await world.seqs('東京'), [seq]);
    assert.deepEqual(await world.seqs('タワー 今日'), [seq]);
    assert.deepEqual(await world.seqs('京東'), []);
    assert.equal((await world.find('へ')).hits.length, 2);
  }));

test('SRC-7: better matches first, the newer of equals first, pages without overlap', () =>
  withWorld(async (world) => {
    const channel = await world.channel();
    const thick = await world.post(channel, 'sun sun sun', { sentAt: 1 });
    const older = await world.post(channel, 'the sun goes down', { sentAt: 2 });
    const newer = await world.post(channel, 'the sun goes down', { sentAt: 3 });
    await world.post(channel, 'rain', { sentAt: 4 });
    assert.deepEqual(await world.seqs('sun'), [thick, newer, older]);
    const first = await world.find('sun', { limit: 2 });
    assert.deepEqual([first.hits.map(({ seq }) => seq), first.more], [[thick, newer], true]);
    const second = await world.find('sun', { offset: 2, limit: 2 });
    assert.deepEqual([second.hits.map(({ seq }) => seq), second.more], [[older], false]);
  }));

test('SRC-7: within one channel the newest first on request, pages without overlap', () =>
  withWorld(async (world) => {
    const channel = await world.channel();
    const other = await world.channel();
    const seqs: number[] = [];
    for (const text of ['sun sun sun', 'rain', 'the sun goes down', 'sun']) {
      const seq = await world.post(channel, text);
      if (text !== 'rain') seqs.unshift(seq);
      await world.post(other, text);
    }
    const page = { conversation: channel.id, newestFirst: true };
    assert.deepEqual(await world.seqs('sun', page), seqs);
    const first = await world.find('sun', { ...page, limit: 2 });
    assert.deepEqual([first.hits.map(({ seq }) => seq), first.more], [seqs.slice(0, 2), true]);
    const second = await world.find('sun', { ...page, offset: 2, limit: 2 });
    assert.deepEqual([second.hits.map(({ seq }) => seq), second.more], [seqs.slice(2), false]);
  }));

test('SRC-5: a query without a word finds nothing', () =>
  withWorld(async (world) => {
    await world.post(await world.channel(), 'sun 🎉 !?');
    for (const query of ['   ', '"', '""', '*', '!?', '🎉', '。、']) {
      assert.deepEqual(await world.find(query), { hits: [], more: false }, query);
    }
  }));

test('SRC-8: what the caller may not read shifts neither rank nor page', () =>
  withWorld(async (world) => {
    const open = await world.channel();
    const hidden = await world.channel();
    for (let n = 0; n < 30; n++) await world.post(hidden, 'moon moon');
    const seq = await world.post(open, 'the moon over there');
    const asked: number[][] = [];
    const readable = async (rows: readonly number[]) => {
      asked.push([...rows]);
      return new Set(rows.filter((row) => row === open.id));
    };
    const { hits, more } = await world.find('moon', { limit: 1, readable });
    assert.deepEqual(
      hits.map((hit) => [hit.conversation, hit.seq]),
      [[open.id, seq]],
    );
    assert.equal(more, false);
    assert.deepEqual(asked.flat().sort(), [open.id, hidden.id].sort());
    assert.deepEqual(await world.seqs('moon', { conversation: open.id }), [seq]);
    assert.equal((await world.find('moon', { conversation: hidden.id })).hits.length, 30);
  }));

test('SRC-9: the directory finds listed channels by title, name and description', () =>
  withWorld(async (world) => {
    const titled = await world.channel({ title: 'Railway news' });
    const named = await world.channel({ title: 'Daily', username: 'railway_daily' });
    const described = await world.channel({ title: 'Other', description: 'all about the railway' });
    await world.channel({ title: 'Railway secrets', unlisted: true });
    await world.search.settled();
    const find = async (query: string, offset = 0, limit = 10) =>
      world.search.directory.search({ query, offset, limit });
    assert.deepEqual(await find('rail'), {
      conversations: [titled.id, named.id, described.id],
      more: false,
    });
    assert.deepEqual(await find('rail', 1, 1), { conversations: [named.id], more: true });
    assert.deepEqual((await find('@railway_daily')).conversations, [named.id]);
    assert.deepEqual(await find('"'), { conversations: [], more: false });
    const set = (row: number, change: { unlisted?: number; taken_down_reason?: string }) =>
      world.storage.db
        .updateTable('channels')
        .set(change)
        .where('conversation', '=', row)
        .execute();
    await set(titled.id, { unlisted: 1 });
    world.search.feed.channelChanged(titled);
    await set(named.id, { taken_down_reason: 'spam' });
    world.search.feed.channelChanged(named);
    await world.search.settled();
    assert.deepEqual((await find('rail')).conversations, [described.id]);
  }));

test('SRC-10: a deleted channel leaves neither hits nor bytes', () =>
  withWorld(async (world) => {
    const kept = await world.channel();
    const gone = await world.channel({ title: 'Doomed zeppelin' });
    await world.post(kept, 'the quartz remains');
    for (let n = 0; n < 200; n++) await world.post(gone, `a vanishing obsidian number ${n}`);
    assert.ok((await world.find('obsidian')).hits.length > 0 && world.holds('obsidian'));
    await world.storage.log.erase(gone.id);
    await world.storage.db.deleteFrom('channels').where('conversation', '=', gone.id).execute();
    world.search.feed.channelRemoved(gone);
    assert.deepEqual(await world.seqs('obsidian'), []);
    assert.equal((await world.find('quartz')).hits.length, 1);
    assert.ok(world.holds('quartz'));
    for (const word of ['obsidian', 'vanishing', 'zeppelin']) assert.ok(!world.holds(word), word);
  }));

test('SRC-10: the text of redacted and edited posts is in no byte of the files', () =>
  withWorld(async (world) => {
    const channel = await world.channel();
    const gone: string[] = [];
    for (let n = 0; n < 400; n++) {
      const seq = await world.post(channel, `plain talk with hush${n}hush inside it, number ${n}`);
      if (n % 4 === 0) gone.push(`with hush${n}hush inside`);
      if (n % 8 === 0) await world.redact(channel, seq);
      else if (n % 8 === 4) await world.edit(channel, seq, 'changed my mind');
    }
    await world.search.settled();
    assert.ok(world.holds('with hush1hush inside'));
    assert.deepEqual(
      gone.filter((text) => world.holds(text)),
      [],
    );
  }));

test('SRC-10: a running search delays the erasing of bytes, and nothing else', () =>
  withWorld(async (world) => {
    const channel = await world.channel();
    const seq = await world.post(channel, 'ephemeral');
    for (let n = 0; n < 600; n++) await world.post(channel, 'ephemeral too');
    await world.search.settled();
    let during: Promise<unknown> | undefined;
    const readable = async (rows: readonly number[]) => {
      if (!during) {
        await world.redact(channel, seq);
        during = world.search.settled();
        await during;
      }
      return new Set(rows);
    };
    await world.find('ephemeral', { readable });
    assert.equal(
      (await world.find('ephemeral')).hits.some((hit) => hit.seq === seq),
      false,
    );
  }));

test('SRC-11: notes and damaged content are passed over', () =>
  withWorld(async (world) => {
    const channel = await world.channel();
    const note = new TextEncoder().encode('note');
    await world.append(channel, [{ kind: EntryKind.NOTE, payload: note }]);
    await world.append(channel, [{ kind: EntryKind.POST, payload: new Uint8Array([0xff]) }]);
    const seq = await world.post(channel, 'still here');
    assert.deepEqual(await world.seqs('still'), [seq]);
  }));
