import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const dist = fileURLToPath(new URL('../dist', import.meta.url));

test('APP-1: the built app has one page: the design gallery is not served', () => {
  const pages = readdirSync(dist, { recursive: true })
    .map(String)
    .filter((file) => file.endsWith('.html'));
  assert.deepEqual(pages, ['index.html']);
});
