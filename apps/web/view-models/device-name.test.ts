import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deviceName } from './device-name.ts';

const named = (userAgent: string) => deviceName({ userAgent });

test('a browser that claims to be others is called by its own name', () => {
  const chrome = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0 Safari/537.36';
  assert.equal(named(chrome), 'Chrome, Linux');
  assert.equal(named(`${chrome} Edg/156.0`), 'Edge, Linux');
  const phone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1';
  assert.equal(named(phone), 'Safari, iPhone');
  assert.equal(named('Mozilla/5.0 (Android 16; Mobile) Firefox/150.0'), 'Firefox, Android');
  assert.equal(named('curl/8'), 'Web');
});

test('what a browser says of itself comes before its old line of text', () => {
  const userAgent = 'Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/156.0.0.0 Safari/537.36';
  const brands = ['Not A(Brand', 'Chromium', 'Brave'].map((brand) => ({ brand }));
  assert.equal(deviceName({ userAgent, userAgentData: { brands } }), 'Brave, Linux');
  assert.equal(deviceName({ userAgent, userAgentData: { brands: [] } }), 'Chrome, Linux');
});
