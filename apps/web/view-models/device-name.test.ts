import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deviceName } from './device-name.ts';

test('a browser that claims to be others is called by its own name', () => {
  const chrome = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0 Safari/537.36';
  assert.equal(deviceName(chrome), 'Chrome, Linux');
  assert.equal(deviceName(`${chrome} Edg/156.0`), 'Edge, Linux');
  const phone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1';
  assert.equal(deviceName(phone), 'Safari, iPhone');
  assert.equal(deviceName('Mozilla/5.0 (Android 16; Mobile) Firefox/150.0'), 'Firefox, Android');
  assert.equal(deviceName('curl/8'), 'Web');
});
