import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askChromium } from './chromium-page.ts';
import { allCases } from './conformance/all-cases.ts';
import { expectations } from './conformance/case.ts';

test('Chromium’s WebCrypto and noble give the verdicts that Node gives', async () => {
  const entry = new URL('conformance/browser-entry.ts', import.meta.url);
  const { answer } = await askChromium(entry, 'conformance');
  assert.deepEqual(answer, { web: expectations(allCases), noble: expectations(allCases) });
});
