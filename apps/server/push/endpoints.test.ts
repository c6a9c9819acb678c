import assert from 'node:assert/strict';
import { lookup } from 'node:dns';
import { test } from 'node:test';
import { ValidationError } from '@heliogram/protocol';
import { isPublicAddress } from './addresses.ts';
import { mayDial, publicLookup, UnreachableByRule } from './endpoints.ts';
import { Browser } from './tests/push-service.ts';
import { World } from './tests/world.ts';

test('PUSH-9: only addresses of the public internet are dialled', () => {
  const outside = [
    '8.8.8.8',
    '1.1.1.1',
    '172.15.255.255',
    '172.32.0.1',
    '100.128.0.1',
    '192.0.1.1',
    '223.255.255.255',
    '2a00:1450:4001:82b::200a',
    '2600::',
    '64:ff9b::8.8.8.8',
    '64:ff9b::808:808',
  ];
  const inside = [
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.255',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '192.0.2.1',
    '198.18.0.1',
    '203.0.113.9',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '::127.0.0.1',
    'fe80::1',
    'fe80::1%eth0',
    'fc00::1',
    'fd12:3456::1',
    'ff02::1',
    '2001:db8::1',
    '2001::1',
    '2002:7f00:1::',
    '64:ff9b::127.0.0.1',
    '64:ff9b::a9fe:a9fe',
    '64:ff9b:1::1',
    'localhost',
    '',
    '0177.0.0.1',
    '2130706433',
  ];
  for (const address of outside) assert.equal(isPublicAddress(address), true, address);
  for (const address of inside) assert.equal(isPublicAddress(address), false, address);
});

test('PUSH-9: endpoints are https at port 443, without names and passwords, at a public place', () => {
  const good = [
    'https://fcm.googleapis.com/fcm/send/abc:def',
    'https://updates.push.services.mozilla.com/wpush/v2/gAAA',
    'https://web.push.apple.com:443/QK',
    'https://8.8.8.8/x',
    'https://[2a00:1450::1]/x',
  ];
  const bad = [
    '',
    'https://',
    'http://push.example/x',
    'ftp://push.example/x',
    'file:///etc/passwd',
    'https://user@push.example/x',
    'https://u:p@push.example/x',
    'https://push.example:8443/x',
    'https://push.example:80/x',
    'https://localhost/x',
    'https://heliogram/x',
    'https://127.0.0.1/x',
    'https://0x7f.1/x',
    'https://2130706433/x',
    'https://0177.0.0.1/x',
    'https://[::1]/x',
    'https://[::ffff:127.0.0.1]/x',
    'https://169.254.169.254/latest/meta-data',
    'https://10.0.0.1/x',
  ];
  for (const endpoint of good) assert.equal(mayDial(endpoint, 'public'), true, endpoint);
  for (const endpoint of bad) assert.equal(mayDial(endpoint, 'public'), false, endpoint);
  assert.equal(mayDial('https://127.0.0.1:8443/x', 'any'), true);
  assert.equal(mayDial('http://127.0.0.1:8443/x', 'any'), false, 'https whatever the setting');
});

test('PUSH-9: the address behind a name is judged as it is dialled, also when it changed since', async (t) => {
  const resolved = (all: boolean) =>
    new Promise((resolve) => {
      publicLookup('localhost', { all, family: 0 }, (error, address) => resolve(error ?? address));
    });
  for (const all of [true, false]) assert.ok((await resolved(all)) instanceof UnreachableByRule);
  const names = await new Promise((resolve) => lookup('localhost', {}, (error) => resolve(error)));
  assert.equal(names, null, 'the name does resolve here');

  // The subscription passed when it was made; by now its name leads inside.
  const world = await World.open(t, 'public');
  const device = await world.device();
  const good = new Browser({ origin: 'https://push.example' });
  await world.call('setPushSubscription', good.subscription, device);
  await world.follow(1, device);
  const inside = `https://127.0.0.1${good.path}`;
  await world.storage.db.updateTable('push_subscriptions').set({ endpoint: inside }).execute();
  world.appended(1);
  await world.advance(2_000);
  assert.equal(world.service.received.length, 0);
  assert.deepEqual(await world.subscriptions(), [], 'and never again');
  assert.deepEqual(world.outcomes, ['gone']);
});

test('PUSH-9: a subscription that leads inside or carries a broken key is refused', async (t) => {
  const world = await World.open(t, 'public');
  const device = await world.device();
  const { p256dh, auth } = new Browser(world.service);
  const refused = async (request: object) => {
    const whole = { endpoint: 'https://push.example/x', p256dh, auth, ...request };
    await assert.rejects(world.call('setPushSubscription', whole, device), (error) => {
      assert.ok(error instanceof ValidationError);
      assert.equal(error.code, 'invalid_argument');
      return true;
    });
  };
  await refused({ endpoint: 'https://127.0.0.1/x' });
  await refused({ endpoint: 'nonsense' });
  await refused({ p256dh: new Uint8Array(65) });
  await refused({ p256dh: Uint8Array.from(p256dh, (byte, at) => (at === 40 ? byte ^ 1 : byte)) });
  assert.deepEqual(await world.subscriptions(), []);
});
