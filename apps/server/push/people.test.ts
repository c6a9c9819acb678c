import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import {
  Client,
  Connection,
  createMemoryStore,
  type DeviceKeys,
  deleteAccount,
  recover,
  revokeDevice,
} from '@heliogram/client';
import { nodePlatform } from '@heliogram/client/node';
import { AdminService, ChannelsService, PushService as Service } from '@heliogram/protocol';
import { backup, restore } from '../main.ts';
import { post, serve, temporary } from '../operation/tests/running-server.ts';
import { operate } from '../operator.ts';
import { newChannel, newPerson, type Person } from '../tests/processes/person.ts';
import { Browser, PushService, trustedFile } from './tests/push-service.ts';

/** A server process that pushes to a service on loopback, as an operator of a closed network would. */
async function pushing(t: TestContext) {
  process.env['NODE_EXTRA_CA_CERTS'] = fileURLToPath(trustedFile);
  const data = temporary(t);
  const service = await PushService.start(t);
  const server = await serve(t, { data, push: 'any', 'log-level': 'debug' });
  return { data, service, server, url: server.said };
}

async function subscribe({ client }: Pick<Person, 'client'>, service: PushService) {
  const browser = new Browser(service);
  await client.connection.call(Service.method.setPushSubscription, browser.subscription);
  return browser;
}

async function anotherDevice(origin: string, phrase: string): Promise<DeviceKeys> {
  const kept: DeviceKeys[] = [];
  const connection = new Connection({ origin, platform: nodePlatform, clientName: 'test' });
  const keep = async (keys: DeviceKeys) => void kept.push(keys);
  const device = { platform: nodePlatform, deviceName: 'second', phrase, keep };
  await recover({ call: connection.call, origin, ...device });
  connection.close();
  const [keys] = kept;
  return keys ?? assert.fail();
}

function subscribedDevices(data: string): readonly unknown[] {
  const database = new DatabaseSync(join(data, 'heliogram.db'), { readOnly: true });
  const rows = database.prepare('select device_id from push_subscriptions').all();
  database.close();
  return rows.map((row) => row['device_id']);
}

async function eventually(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200 && !holds(); tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  assert.ok(holds());
}

test('PUSH-5, PUSH-11: a follower who closed the app is woken, one who has it open is not, and no log says so', async (t) => {
  const { data, service, server, url } = await pushing(t);
  const owner = await newPerson(url, 'Ada');
  const away = await newPerson(url, 'Ben');
  const here = await newPerson(url, 'Cleo');
  const conversationId = await newChannel(owner, 'the_hill');
  const browsers = [await subscribe(away, service), await subscribe(here, service)];
  for (const { client } of [away, here]) {
    await client.connection.call(ChannelsService.method.follow, {
      ref: { case: 'conversationId', value: conversationId },
    });
  }
  await away.client.close();
  await post(owner, conversationId, 'sunrise');
  await eventually(() => service.received.length > 0);
  const [woken, spared] = browsers;
  assert.deepEqual(
    service.received.map(({ path }) => path),
    [woken?.path],
  );
  assert.deepEqual([...(woken?.open(service.received[0]?.body ?? Buffer.alloc(0)) ?? [])], [1]);
  const metrics = await (await fetch(`${url}/metrics`)).text();
  assert.match(metrics, /heliogram_pushes_total\{outcome="sent"\} 1/);
  await owner.client.close();
  await here.client.close();
  assert.equal(await server.end(), 0);
  for (const secret of [woken?.path, spared?.path, service.origin, away.deviceId]) {
    assert.equal(server.logs().includes(secret ?? '?'), false);
    assert.equal(metrics.includes(secret ?? '?'), false);
  }
  const { said } = await serve(t, { data, push: 'any' });
  assert.ok(said.startsWith('http'));
});

test('PUSH-3: revoking a device, suspending and deleting an account take the subscription along', async (t) => {
  const { data, service, url } = await pushing(t);
  const [revoker, suspended, deleted] = [
    await newPerson(url, 'Ada'),
    await newPerson(url, 'Ben'),
    await newPerson(url, 'Cleo'),
  ];
  const second = await anotherDevice(url, revoker.recoveryPhrase);
  const phone = new Client({
    origin: url,
    device: second,
    platform: nodePlatform,
    store: createMemoryStore(),
    persistence: 'keep-trying',
    clientName: 'test',
  });
  t.after(() => phone.close());
  const { call } = phone.connection;
  await call(Service.method.setPushSubscription, new Browser(service).subscription);
  for (const person of [suspended, deleted]) await subscribe(person, service);
  assert.equal(subscribedDevices(data).length, 3);

  const { records } = revoker.client;
  const parts = { call: revoker.client.connection.call, records, platform: nodePlatform };
  await revokeDevice(parts, revoker.keys, second.deviceId);
  assert.equal(subscribedDevices(data).includes(second.deviceId), false);
  await assert.rejects(
    call(Service.method.setPushSubscription, new Browser(service).subscription),
    'a revoked device subscribes no more',
  );

  const request = { account: suspended.accountId, reason: 'spam', branch: false };
  await operate(data, { method: AdminService.method.suspendAccount, request });
  assert.deepEqual(subscribedDevices(data), [deleted.deviceId]);

  const device = deleted.keys;
  const { signer } = nodePlatform;
  await deleteAccount({ call: deleted.client.connection.call, device, origin: url, signer });
  assert.deepEqual(subscribedDevices(data), []);
  for (const { client } of [revoker, suspended, deleted]) await client.close();
});

test('PUSH-2: without a device there is nothing to subscribe; the key is for everybody', async (t) => {
  const { service, url } = await pushing(t);
  const { endpoint, p256dh, auth } = new Browser(service);
  const ask = (method: string, body: object) =>
    fetch(`${url}/heliogram.v1.PushService/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  const subscription = { endpoint, p256dh: base64(p256dh), auth: base64(auth) };
  for (const [method, body] of [
    ['SetPushSubscription', subscription],
    ['RemovePushSubscription', {}],
    ['GetPushSettings', {}],
  ] as const) {
    const answer = await ask(method, body);
    assert.equal(answer.headers.get('heliogram-error'), 'unauthenticated', method);
  }
  const answer: unknown = await (await ask('GetPushKey', {})).json();
  assert.ok(typeof answer === 'object' && answer !== null && 'publicKey' in answer);
  assert.equal(Buffer.from(String(answer.publicKey), 'base64').byteLength, 65);
});

test('PUSH-1: the key comes along in a backup, and is private in both', async (t) => {
  const { data, service, server, url } = await pushing(t);
  const person = await newPerson(url, 'Ada');
  await subscribe(person, service);
  const keyOf = async (at: string) =>
    (
      await fetch(`${at}/heliogram.v1.PushService/GetPushKey`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      })
    ).text();
  const key = await keyOf(url);
  const root = temporary(t);
  await backup(data, join(root, 'copy'));
  await person.client.close();
  await server.end();
  await restore(join(root, 'copy'), join(root, 'restored'));
  assert.deepEqual(subscribedDevices(join(root, 'restored')), [person.deviceId]);
  const again = await serve(t, { data: join(root, 'restored'), push: 'any' });
  assert.equal(await keyOf(again.said), key);
});
