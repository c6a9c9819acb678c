import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { create, toBinary } from '@bufbuild/protobuf';
import { LogService, ReadRequestSchema, SubscribeRequestSchema } from '@heliogram/protocol';
import { AttackedServer } from './hostile/attacked-server.ts';
import { RawClient } from './hostile/raw-client.ts';
import { newChannel } from './processes/person.ts';

test('SIM-8: a reader that takes nothing costs a bounded backlog, whatever it is sent or asks for', async (t) => {
  const attacked = await AttackedServer.start('canary_reads');
  const { port, attacker, server } = attacked;
  try {
    const conversationId = await newChannel(attacker, 'a_flood_of_it');
    const subscription = { subscriptions: [{ conversationId }] };
    const subscribe = toBinary(
      SubscribeRequestSchema,
      create(SubscribeRequestSchema, subscription),
    );

    await t.test('its pushes turn into a lag notice', async () => {
      const slow = await RawClient.greet(port);
      const { code } = await slow.call(`${LogService.typeName}/Subscribe`, subscribe);
      assert.equal(code, 'ok');
      slow.socket.pause();
      const drafts = Array.from({ length: 32 }, () => ({ text: 'x'.repeat(32_000) }));
      for (let megabytes = 0; megabytes < 24; megabytes++) {
        for (const { posted } of await attacker.client.posts.send({ conversationId }, drafts)) {
          await posted;
        }
      }
      slow.socket.resume();
      for (let waited = 0; !slow.others.some(isLag) && waited < 20_000; waited += 50) {
        await sleep(50);
      }
      const pushed = slow.others.filter((frame) => frame.case === 'entry').length;
      assert.ok(slow.others.some(isLag), `${pushed} pushes came and no lag notice`);
      assert.ok(pushed < 24 * 32, 'nothing was left out');
      slow.close();
    });

    await t.test('its questions wait', async () => {
      const asker = await RawClient.greet(port);
      const takers = await Promise.all(Array.from({ length: 3 }, () => RawClient.greet(port)));
      const request = { conversationId, fromStart: true, limit: 10 };
      const read = toBinary(ReadRequestSchema, create(ReadRequestSchema, request));
      await asker.call(`${LogService.typeName}/Read`, read);
      const before = await readsAnswered(server.origin);
      for (const taker of takers) {
        taker.socket.pause();
        for (let asked = 0; asked < 1_000; asked++) {
          void taker.call(`${LogService.typeName}/Read`, read);
          // Slowly enough to be answered one by one.
          if (asked % 20 === 19) await sleep(2);
        }
      }
      await sleep(2_000);
      const answered = (await readsAnswered(server.origin)) - before;
      // What the kernel takes for each, and what may be under way at once.
      t.diagnostic(`${answered} answered to nobody`);
      assert.ok(answered < 200, `${answered} of 3,000 questions were answered to nobody`);
      for (const each of [asker, ...takers]) each.close();
    });
  } finally {
    await attacked.judge();
  }
});

const isLag = ({ case: what }: { readonly case: string | undefined }): boolean => what === 'lag';

async function readsAnswered(origin: string): Promise<number> {
  const metrics = await (await fetch(`${origin}/metrics`)).text();
  const line = metrics.split('\n').find((each) => /_calls_total\{.*\/Read".*"ok"/.test(each));
  assert.ok(line, 'reads are counted');
  return Number(line.split(' ').at(-1));
}
