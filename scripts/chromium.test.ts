import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { findChromium } from './chromium.ts';

describe('findChromium', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'browser-'));
    writeFileSync(join(folder, 'chromium'), '#!/bin/sh\n');
    chmodSync(join(folder, 'chromium'), 0o755);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('takes the program that CHROMIUM_PATH names', () => {
    const path = join(folder, 'chromium');
    assert.equal(findChromium({ CHROMIUM_PATH: path, PATH: '' }), path);
  });

  test('says so when CHROMIUM_PATH names nothing that can be started', () => {
    const env = { CHROMIUM_PATH: join(folder, 'absent'), PATH: folder };
    assert.throws(() => findChromium(env), /CHROMIUM_PATH is ".*absent", which is not a program/);
  });

  test('finds it on the PATH', () => {
    assert.equal(findChromium({ PATH: `/nowhere:${folder}` }), join(folder, 'chromium'));
  });
});
