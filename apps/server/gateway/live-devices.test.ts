import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type DeviceId, deviceId, limits } from '@heliogram/protocol';
import type { DeviceCaller } from './service.ts';
import { gatewayWorld, someDevice } from './tests/gateway-world.ts';

test('PUSH-5, PUSH-7: a device is live while any of its connections is, and lost when the last fell silent', async () => {
  const { runtime, connections, greeted } = gatewayWorld([]);
  const { devices } = connections;
  const lost: DeviceId[] = [];
  devices.onLost((device) => lost.push(device));
  const device = someDevice.deviceId;
  const other: DeviceCaller = { ...someDevice, deviceId: deviceId('ab'.repeat(16)) };
  const [one, two, three] = [await greeted(), await greeted(), await greeted()];
  for (const { connection } of [one, two]) connection.signIn(someDevice);
  three.connection.signIn(other);
  connections.remove(one.connection);
  assert.deepEqual([devices.isLive(device), devices.isLive(other.deviceId)], [true, true]);
  two.connection.signIn(other);
  assert.deepEqual([devices.isLive(device), lost], [false, []], 'it changed hands');
  connections.remove(three.connection);
  assert.equal(devices.isLive(other.deviceId), true);
  await runtime.advance(5 * limits.heartbeatMs);
  assert.deepEqual([devices.isLive(other.deviceId), lost], [false, [other.deviceId]]);
  connections.remove(two.connection);
  assert.equal(lost.length, 1, 'once');
  two.connection.signIn(someDevice);
  assert.equal(devices.isLive(device), false, 'a closed connection makes nobody live');
});
