import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readAddress, resolveAddress } from './addresses.ts';

test('PAGE-23: each address is read as it is written', () => {
  const name = { kind: 'name', username: 'sunlight' };
  assert.deepEqual(readAddress('/@sunlight'), name);
  assert.deepEqual(readAddress('/@sunlight?before=12&utm_source=x'), { ...name, before: 12 });
  for (const before of ['', '0', '-1', '1.5', 'x', '4294967296', '%31']) {
    assert.deepEqual(
      readAddress(`/@sunlight?before=${before}`),
      before === '%31' ? { ...name, before: 1 } : name,
    );
  }
  assert.deepEqual(readAddress('/@sunlight/7'), { kind: 'post', username: 'sunlight', seq: 7 });
  assert.deepEqual(readAddress('/@sunlight/7/embed'), {
    kind: 'embed',
    username: 'sunlight',
    seq: 7,
  });
  assert.deepEqual(readAddress('/@sunlight/atom.xml'), {
    kind: 'feed',
    username: 'sunlight',
    format: 'atom',
  });
  for (const rest of ['constructor', '__proto__', 'toString', 'atom.xml/1', '../x']) {
    assert.deepEqual(readAddress(`/@sunlight/${rest}`), { kind: 'nothing' }, rest);
  }
  assert.deepEqual(readAddress('/+Ab_-9'), { kind: 'invite', token: 'Ab_-9' });
  assert.deepEqual(readAddress('/sitemap/@sunlight-3.xml'), {
    kind: 'post-sitemap',
    username: 'sunlight',
    part: 3,
  });
});

test('PAGE-23: an address in another notation moves once, with its query', () => {
  const table = [
    ['/%40sunlight', '/@sunlight'],
    ['/%40SunLight/1', '/@sunlight/1'],
    ['/@sunlight/1/', '/@sunlight/1'],
    ['/@sunlight/1///', '/@sunlight/1'],
    ['/@SunLight/1/', '/@sunlight/1'],
    ['/@sun%6Cight/1/embed/', '/@sunlight/1/embed'],
    ['/@sunlight/rss.xml/', '/@sunlight/rss.xml'],
    ['/@sunlight/ATOM.XML', '/@sunlight/atom.xml'],
    ['/@sunlight/?before=9&utm_source=x', '/@sunlight?before=9&utm_source=x'],
    ['/directory/?page=2', '/directory?page=2'],
    ['/sitemap.xml/', '/sitemap.xml'],
    ['/robots.txt/', '/robots.txt'],
    ['/oembed/?url=x', '/oembed?url=x'],
    ['/@SunLight?q=\u00e9\ud800', '/@sunlight?q=%C3%A9%EF%BF%BD'],
  ] as const;
  for (const [target, to] of table) {
    assert.deepEqual(readAddress(target), { kind: 'moved', to }, target);
    assert.notEqual(readAddress(to).kind, 'moved', to);
    assert.deepEqual(resolveAddress(target), readAddress(to));
  }
  assert.deepEqual(readAddress('/%2BAb_-9/'), { kind: 'invite', token: 'Ab_-9' });
  for (const target of ['/%2540sunlight', '/@sunlight%2f1', '/@sunlight/%2e%2e/x', '/%', '/%zz']) {
    assert.deepEqual(readAddress(target), { kind: 'nothing' }, target);
  }
});

test('PAGE-23: a redirect stays on this server, whatever is asked', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (rest) => {
      const address = readAddress(`/@SunLight${rest}`);
      if (address.kind === 'moved')
        assert.match(address.to, /^\/@[a-z0-9_]{5,32}[a-z0-9./]{0,32}(?:\?[!-~]*)?$/);
    }),
  );
});

test('PAGE-23: no target breaks the reader', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('/@', '/+', '/sitemap', '/directory?', '/', ''),
      (rest, start) => {
        assert.ok(readAddress(start + rest).kind);
      },
    ),
  );
});
