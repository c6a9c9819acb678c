import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { mediaUri } from '@heliogram/content';
import { DependencyError, limits } from '@heliogram/protocol';
import type { DeviceCaller } from '../gateway/service.ts';
import { newAppendId } from './append-ids.ts';
import { storedView } from './received-content.ts';
import { anonymous, codeOf, World } from './tests/world.ts';

const HOUR_MS = 3_600_000;

type How = {
  readonly appendId?: Uint8Array;
  readonly replaces?: string;
  readonly text?: string;
};

async function stage() {
  const world = new World();
  await world.channels.start();
  const owner = await world.account();
  const admin = await world.account();
  const { id } = await world.channel(owner);
  const named = { conversationId: id, accountId: admin.accountId };
  await world.call('setAdmin', owner, { ...named, rights: { post: true } });
  const schedule = async (
    caller: DeviceCaller,
    inMs: number,
    { appendId, replaces, text = 'later' }: How = {},
  ) => {
    const { scheduledId } = await world.call('schedulePost', caller, {
      conversationId: id,
      at: timestampFromMs(world.runtime.now() + inMs),
      entry: {
        appendId: appendId ?? newAppendId(world.runtime),
        payload: world.payload(id, { text }),
        silent: true,
      },
      ...(replaces !== undefined && { replaces }),
    });
    return scheduledId;
  };
  const posts = async () => {
    const { entries } = await world.log('read', anonymous, { conversationId: id, listed: true });
    return entries;
  };
  const waiting = async () => {
    const { posts } = await world.call('listScheduledPosts', owner, { conversationId: id });
    return posts;
  };
  return { world, owner, admin, id, named, schedule, posts, waiting };
}

test('CHN-24: a scheduled post fires once, when its time comes', async () => {
  const { world, owner, schedule, posts, waiting } = await stage();
  await schedule(owner, HOUR_MS);
  await world.advance(HOUR_MS - 1_000);
  assert.equal((await posts()).length, 0);
  assert.equal((await waiting()).length, 1);
  await world.advance(1_000);
  const [post, ...others] = await posts();
  assert.equal(others.length, 0);
  assert.equal(post?.silent, true);
  assert.equal((await waiting()).length, 0);
  await world.advance(2 * HOUR_MS);
  assert.equal((await posts()).length, 1);
  await world.close();
});

test('CHN-24: it survives a restart and fires late when the server was down', async () => {
  const { world, owner, schedule, posts } = await stage();
  await schedule(owner, HOUR_MS);
  await world.restart();
  await world.advance(HOUR_MS);
  assert.equal((await posts()).length, 1);
  await schedule(owner, HOUR_MS);
  await world.channels.stop();
  await world.advance(5 * HOUR_MS);
  assert.equal((await posts()).length, 1);
  await world.restart();
  await world.advance(1);
  assert.equal((await posts()).length, 2);
  await world.close();
});

test('OPS-21: a jump of the clock posts nothing early, its own time still counts', async () => {
  const { world, owner, schedule, posts } = await stage();
  await schedule(owner, 2 * HOUR_MS);
  world.runtime.aheadMs = 400 * 24 * HOUR_MS;
  await world.leap(world.runtime.aheadMs);
  await world.advance(HOUR_MS);
  assert.equal((await posts()).length, 0);
  await world.advance(HOUR_MS);
  assert.equal((await posts()).length, 1);
  await world.close();
});

test('CHN-24: a crash between appending and forgetting appends nothing twice', async () => {
  const { world, owner, id, schedule, posts, waiting } = await stage();
  const appendId = newAppendId(world.runtime);
  await schedule(owner, HOUR_MS, { appendId });
  const row = await world.storage.db.selectFrom('scheduled_posts').selectAll().executeTakeFirst();
  await world.advance(HOUR_MS);
  assert.equal((await posts()).length, 1);
  // The state that the crash leaves: appended, and still waiting.
  if (row) await world.storage.db.insertInto('scheduled_posts').values(row).execute();
  await world.restart();
  await world.advance(1);
  assert.equal((await posts()).length, 1);
  assert.equal((await waiting()).length, 0);
  assert.ok(id);
  await world.close();
});

test('CHN-24: what a crash left half done is done, whatever became of rights since', async () => {
  const { world, owner, admin, named, schedule, posts, waiting } = await stage();
  await schedule(admin, HOUR_MS);
  const row = await world.storage.db.selectFrom('scheduled_posts').selectAll().executeTakeFirst();
  await world.advance(HOUR_MS);
  if (row) await world.storage.db.insertInto('scheduled_posts').values(row).execute();
  await world.call('removeAdmin', owner, named);
  await world.restart();
  await world.advance(1);
  assert.equal((await posts()).length, 1);
  assert.deepEqual(await waiting(), []);
  await world.close();
});

test('CHN-24: nothing fires into a channel that is taken down', async () => {
  const { world, owner, id, schedule, posts, waiting } = await stage();
  await schedule(owner, HOUR_MS);
  await world.channels.takeDown({ channel: id, seq: 0, reason: 'spam' });
  await world.advance(HOUR_MS);
  await world.channels.restore({ channel: id, seq: 0 });
  assert.equal((await posts()).length, 0);
  assert.equal((await waiting())[0]?.failure?.code, 'taken_down');
  await world.close();
});

test('CHN-24: a crash before appending loses nothing', async () => {
  const { world, owner, schedule, posts } = await stage();
  await schedule(owner, HOUR_MS);
  const { log } = world.rooms.conversations;
  log.append = () => new Promise(() => {});
  await world.advance(HOUR_MS);
  assert.equal((await posts()).length, 0);
  await world.restart();
  await world.advance(1);
  assert.equal((await posts()).length, 1);
  await world.close();
});

test('CHN-24: a repeated call schedules once', async () => {
  const { world, owner, schedule, waiting } = await stage();
  const appendId = newAppendId(world.runtime);
  assert.equal(
    await schedule(owner, HOUR_MS, { appendId }),
    await schedule(owner, HOUR_MS, { appendId }),
  );
  assert.equal((await waiting()).length, 1);
  await world.close();
});

test('CHN-24: rights are asked again, and what failed stays listed until cancelled', async () => {
  const { world, owner, admin, id, named, schedule, posts, waiting } = await stage();
  const scheduledId = await schedule(admin, HOUR_MS);
  const suspended = await schedule(owner, HOUR_MS);
  await world.call('removeAdmin', owner, named);
  await world.storage.db
    .updateTable('accounts')
    .set({ suspended_reason: 'spam' })
    .where('id', '=', owner.account)
    .execute();
  await world.advance(HOUR_MS);
  assert.equal((await posts()).length, 0);
  const failures = new Map((await waiting()).map((post) => [post.scheduledId, post.failure?.code]));
  assert.equal(failures.get(scheduledId), 'forbidden');
  assert.equal(failures.get(suspended), 'suspended');
  await world.call('cancelScheduledPost', owner, { conversationId: id, scheduledId });
  assert.equal((await waiting()).length, 1);
  const again = world.call('cancelScheduledPost', owner, { conversationId: id, scheduledId });
  assert.equal(await codeOf(again), 'not_found');
  await world.close();
});

test('CHN-24: what cannot be posted cannot be scheduled, nor for the past, nor without end', async () => {
  const { world, owner, id, schedule } = await stage();
  const at = timestampFromMs(world.runtime.now() + HOUR_MS);
  const entry = { appendId: newAppendId(world.runtime), payload: Uint8Array.of(1) };
  const malformed = world.call('schedulePost', owner, { conversationId: id, at, entry });
  assert.equal(await codeOf(malformed), 'malformed');
  const reply = { ...entry, payload: world.payload(id, {}), targetSeq: 1 };
  const target = world.call('schedulePost', owner, { conversationId: id, at, entry: reply });
  assert.equal(await codeOf(target), 'unsupported');
  assert.equal(await codeOf(schedule(owner, 0)), 'invalid_argument');
  const beyond = (limits.maxScheduleAheadDays + 1) * 24 * HOUR_MS;
  assert.equal(await codeOf(schedule(owner, beyond)), 'invalid_argument');
  for (let posts = 0; posts < limits.maxScheduledPerChannel; posts += 1) {
    await schedule(owner, HOUR_MS);
  }
  assert.equal(await codeOf(schedule(owner, HOUR_MS)), 'limit_reached');
  await world.close();
});

test('CHN-24: a full disk is tried again', async () => {
  const { world, owner, schedule, posts, waiting } = await stage();
  await schedule(owner, HOUR_MS);
  const { log } = world.rooms.conversations;
  const append = log.append.bind(log);
  log.append = () => Promise.reject(new DependencyError('storage_full', 'the disk is full'));
  await world.advance(HOUR_MS);
  assert.equal((await waiting())[0]?.failure, undefined);
  log.append = append;
  await world.advance(5_000);
  assert.equal((await posts()).length, 1);
  assert.equal(world.reports.length, 1);
  await world.close();
});

test('CHN-24: files of a scheduled post are claimed anew until its time comes, from the start on', async () => {
  const { world, owner, id } = await stage();
  const file = randomBytes(32);
  const hex = file.toString('hex');
  world.media.files.set(hex, { mediaId: hex.slice(0, 32), account: owner.account });
  const picture = {
    name: 'picture.png',
    mediaType: 'image/png',
    size: 100,
    url: mediaUri(hex),
    contentHash: Uint8Array.from(file),
    showAs: 'photo',
  } as const;
  await world.call('schedulePost', owner, {
    conversationId: id,
    at: timestampFromMs(world.runtime.now() + 48 * HOUR_MS),
    entry: {
      appendId: newAppendId(world.runtime),
      payload: world.payload(id, { attachments: [picture] }),
    },
  });
  const claims = () => world.media.claimed.length;
  const before = claims();
  await world.advance(6 * HOUR_MS);
  assert.equal(claims(), before + 1);
  await world.restart();
  assert.equal(claims(), before + 2, 'start waits for the claim: a sweep comes after it');
  await world.advance(24 * HOUR_MS);
  assert.equal(claims(), before + 6);
  await world.close();
});

test('CHN-24: an edited one takes the place of the one before in the same step, and is posted alone', async () => {
  const { world, owner, schedule, posts, waiting } = await stage();
  const first = await schedule(owner, HOUR_MS, { text: 'frist' });
  const edited = { replaces: first, text: 'first', appendId: newAppendId(world.runtime) };
  const second = await schedule(owner, 2 * HOUR_MS, edited);
  assert.equal(await schedule(owner, 2 * HOUR_MS, edited), second, 'asked again it is the same');
  assert.deepEqual(
    (await waiting()).map(({ scheduledId }) => scheduledId),
    [second],
  );
  // What is gone is replaced by nothing.
  assert.equal(await codeOf(schedule(owner, HOUR_MS, { replaces: first })), 'not_found');
  const elsewhere = await world.channel(owner);
  const foreign = await world.call('schedulePost', owner, {
    conversationId: elsewhere.id,
    at: timestampFromMs(world.runtime.now() + HOUR_MS),
    entry: {
      appendId: newAppendId(world.runtime),
      payload: world.payload(elsewhere.id, { text: 'elsewhere' }),
    },
  });
  const across = schedule(owner, HOUR_MS, { replaces: foreign.scheduledId });
  assert.equal(await codeOf(across), 'not_found');
  // A full list has room for the edit of one.
  for (let n = 1; n < limits.maxScheduledPerChannel; n++) await schedule(owner, 3 * HOUR_MS);
  assert.equal(await codeOf(schedule(owner, HOUR_MS)), 'limit_reached');
  const third = await schedule(owner, 2 * HOUR_MS, { replaces: second, text: 'once' });
  assert.notEqual(third, second);
  await world.advance(2 * HOUR_MS + 1_000);
  const texts = (await posts()).map(({ payload }) => storedView(payload).text);
  assert.deepEqual(texts, ['once']);
  await world.close();
});
