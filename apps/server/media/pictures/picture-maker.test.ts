import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import sharp from 'sharp';
import { nodeRuntime } from '../../node-runtime.ts';
import { PictureMaker } from './picture-maker.ts';

async function jobIn(t: TestContext) {
  const directory = mkdtempSync(join(tmpdir(), 'pictures-'));
  t.after(() => rmSync(directory, { recursive: true }));
  const path = join(directory, 'upload');
  const picture = sharp({ create: { width: 900, height: 600, channels: 3, background: '#369' } });
  writeFileSync(path, await picture.png().toBuffer());
  return { path, mediaType: 'image/png', drafts: path };
}

const fault = (outcome: { readonly kind: string; readonly fault?: string }) =>
  outcome.kind === 'fault' ? outcome.fault : outcome.kind;

test('MED-18: a picture that takes too much memory or time is given up', async (t) => {
  const job = await jobIn(t);
  for (const limits of [
    { maxResidentBytes: 1, maxMs: 600_000 },
    { maxResidentBytes: Number.MAX_SAFE_INTEGER, maxMs: 1 },
  ]) {
    const maker = new PictureMaker(nodeRuntime, limits);
    t.after(() => maker.stop());
    assert.equal(fault(await maker.make(job)), 'too_large');
  }
});

test('MED-18: pictures wait for each other, and a process that died is started again', async (t) => {
  const job = await jobIn(t);
  const maker = new PictureMaker(nodeRuntime);
  t.after(() => maker.stop());
  const [first, second] = await Promise.all([maker.make(job), maker.make(job)]);
  assert.deepEqual([fault(first), fault(second)], ['made', 'made']);
  const broken = maker.make(job);
  maker.stop();
  assert.equal(fault(await maker.make(job)), 'made');
  assert.ok(['made', 'damaged'].includes(fault(await broken) ?? ''));
});
