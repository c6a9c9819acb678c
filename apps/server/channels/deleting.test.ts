import assert from 'node:assert/strict';
import { test } from 'node:test';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { sql } from 'kysely';
import { newAppendId } from './append-ids.ts';
import { anonymous, codeOf, World } from './tests/world.ts';

/** A channel with something in every table that a channel has rows in. */
async function furnished() {
  const world = new World();
  await world.channels.start();
  const owner = await world.account();
  const admin = await world.account();
  const reader = await world.account();
  const { id } = await world.channel(owner, { username: 'sunlight' });
  const ref = { ref: { case: 'conversationId', value: id } } as const;
  const named = { conversationId: id, accountId: admin.accountId };
  await world.call('setAdmin', owner, { ...named, rights: { post: true, invite: true } });
  await world.call('follow', reader, ref);
  const seq = await world.post(admin, id);
  await world.acknowledge(reader, id, seq);
  await world.call('react', reader, { conversationId: id, seq, emoji: '🌞' });
  await world.call('setPinned', owner, { conversationId: id, seq, pinned: true });
  await world.call('createInvite', admin, { conversationId: id });
  const entry = { appendId: newAppendId(world.runtime), payload: world.payload(id, {}) };
  const at = timestampFromMs(world.runtime.now() + 3_600_000);
  await world.call('schedulePost', admin, { conversationId: id, entry, at });
  const conversation = await world.row(id);
  const block = { conversation, block: 1, delta: 1 };
  await world.storage.db.insertInto('view_blocks').values(block).execute();
  return { world, owner, admin, reader, id, ref, conversation };
}

/** Tables that still hold rows of the conversation. */
async function remains(world: World, conversation: number): Promise<readonly string[]> {
  const { db } = world.storage;
  const columns = await sql<{ table: string }>`
    select m.name as "table" from sqlite_master m join pragma_table_info(m.name) c
    where m.type = 'table' and c.name = 'conversation' and m.name != 'usernames'`.execute(db);
  const found: string[] = [];
  for (const { table } of columns.rows) {
    const { rows } = await sql`
      select 1 from ${sql.table(table)} where conversation = ${conversation} limit 1`.execute(db);
    if (rows.length > 0) found.push(table);
  }
  const entries = await sql`
    select 1 from entries where id >> 32 = ${conversation} limit 1`.execute(db);
  const own = await sql`select 1 from conversations where id = ${conversation}`.execute(db);
  if (entries.rows.length > 0) found.push('entries');
  if (own.rows.length > 0) found.push('conversations');
  return found;
}

test('CHN-9: a deleted channel leaves no row, and its username rests', async () => {
  const { world, owner, reader, id, ref, conversation } = await furnished();
  await world.advance(60_000);
  const before = await remains(world, conversation);
  for (const table of [
    'entries',
    'view_blocks',
    'memberships',
    'view_deltas',
    'reactions',
    'scheduled_posts',
  ]) {
    assert.ok(before.includes(table), table);
  }
  await world.call('deleteChannel', owner, { conversationId: id });
  await world.advance(60_000);
  assert.deepEqual(await remains(world, conversation), []);
  assert.equal(await codeOf(world.call('getChannel', owner, ref)), 'not_found');
  const { conversations } = await world.log('listConversations', reader, {});
  assert.deepEqual(conversations, []);
  assert.equal(await codeOf(world.channel(reader, { username: 'sunlight' })), 'username_taken');
  assert.equal(await codeOf(world.channel(owner, { username: 'sunlight' })), 'ok');
  assert.deepEqual(world.reports, []);
  assert.equal(world.search.removed.length, 1);
  await world.close();
});

test('CHN-9: a deletion that a crash cuts off is hidden at once and finished at start', async () => {
  const { world, owner, reader, id, ref, conversation } = await furnished();
  world.rooms.conversations.log.erase = () => Promise.reject(new Error('crash'));
  await assert.rejects(world.call('deleteChannel', owner, { conversationId: id }));
  const operator = { kind: 'operator', address: '' } as const;
  for (const caller of [owner, reader, anonymous, operator]) {
    assert.equal(await codeOf(world.call('getChannel', caller, ref)), 'not_found');
    assert.equal(await codeOf(world.log('read', caller, { conversationId: id })), 'not_found');
  }
  assert.ok((await remains(world, conversation)).includes('entries'));
  await world.restart();
  assert.deepEqual(await remains(world, conversation), []);
  await world.close();
});

test('CHN-28: an account that goes takes its channels, and leaves the others without a trace', async () => {
  const { world, owner, admin, reader, id, ref, conversation } = await furnished();
  await world.channels.eraseAccount(reader.account);
  await world.channels.eraseAccount(admin.account);
  const { db } = world.storage;
  for (const account of [reader.account, admin.account]) {
    for (const table of ['memberships', 'read_marks', 'reactions', 'join_requests'] as const) {
      const rows = await db.selectFrom(table).selectAll().where('account', '=', account).execute();
      assert.deepEqual(rows, [], table);
    }
  }
  const count = await db.selectFrom('channels').select('subscribers').executeTakeFirst();
  assert.equal(count?.subscribers, 0);
  assert.deepEqual(await db.selectFrom('scheduled_posts').selectAll().execute(), []);
  assert.equal(await codeOf(world.call('getChannel', anonymous, ref)), 'ok');
  await world.channels.eraseAccount(owner.account);
  await world.channels.eraseAccount(owner.account);
  assert.deepEqual(await remains(world, conversation), []);
  assert.equal(await codeOf(world.call('getChannel', anonymous, ref)), 'not_found');
  assert.ok(id);
  await world.close();
});
