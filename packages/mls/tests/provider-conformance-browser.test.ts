import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askChromium } from './chromium-page.ts';
import { allCases } from './conformance/all-cases.ts';
import { expectations } from './conformance/case.ts';
import { frozenHistory } from './conformance/hybrid-history.ts';

test('Chromium gives the verdicts that Node gives, and a group there sends the same bytes', async () => {
  const entry = new URL('conformance/browser-entry.ts', import.meta.url);
  const { answer } = await askChromium(entry, 'conformance');
  const verdicts = expectations(allCases);
  assert.deepEqual(answer, { web: verdicts, noble: verdicts, history: frozenHistory });
});
