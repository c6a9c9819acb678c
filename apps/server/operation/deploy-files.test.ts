import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createPrometheusTelemetry } from './prometheus-telemetry.ts';

const deploy = (path: string) => fileURLToPath(new URL(`../../../deploy/${path}`, import.meta.url));

const needs = (program: string) => ({
  skip: spawnSync(program, ['--version']).error ? `${program} is not on this machine` : false,
});

test('OPS-5: the alert rules ask only for metrics that the server has', async () => {
  const { page } = createPrometheusTelemetry({
    version: '0.0.0',
    longestBlock: { seconds: () => 0 },
    clock: { jumps: 0 },
  });
  const { text } = await page();
  const known = new Set(['up', ...[...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name)]);
  const rules = readFileSync(deploy('prometheus/alerts.yml'), 'utf8');
  const asked = [...rules.matchAll(/\b(?:heliogram|nodejs|process)_[a-z0-9_]+/g)].map(
    ([name]) => name,
  );
  assert.ok(asked.length >= 6);
  assert.deepEqual(
    asked.filter((name) => !known.has(name)),
    [],
  );
});

test('OPS-5: Prometheus takes the alert rules', needs('promtool'), () => {
  const { status, stdout, stderr } = spawnSync(
    'promtool',
    ['check', 'rules', deploy('prometheus/alerts.yml')],
    { encoding: 'utf8' },
  );
  assert.equal(status, 0, stdout + stderr);
});

test('OPS-8: systemd rates the unit as well confined', needs('systemd-analyze'), () => {
  const { status, stdout, stderr } = spawnSync(
    'systemd-analyze',
    ['security', '--offline=true', '--threshold=20', deploy('systemd/heliogram.service')],
    { encoding: 'utf8' },
  );
  assert.equal(status, 0, stdout + stderr);
});

test('OPS-8: systemd understands every line of the unit', needs('systemd-analyze'), (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'heliogram-unit-'));
  t.after(() => rmSync(directory, { recursive: true }));
  const unit = join(directory, 'heliogram.service');
  // The program lies elsewhere on this machine.
  const text = readFileSync(deploy('systemd/heliogram.service'), 'utf8');
  writeFileSync(unit, text.replaceAll('/opt/heliogram/node_modules/.bin/heliogram', '/bin/true'));
  const { status, stdout, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', unit], {
    encoding: 'utf8',
  });
  assert.deepEqual([status, stdout, stderr], [0, '', '']);
});
