import { cpus } from 'node:os';
import { createNobleProvider } from '../packages/mls/src/providers/noble.ts';
import { createNodeProvider } from '../packages/mls/src/providers/node.ts';
import { createWebProvider } from '../packages/mls/src/providers/web.ts';
import { askChromium } from '../packages/mls/tests/chromium-page.ts';
import { isRows, measure, type Row } from './mls-primitives/measure.ts';

/**
 * Cost of each primitive by provider.
 * `node bench/mls-primitives.ts [--chromium] [--json]`
 */
const asJson = process.argv.includes('--json');
const machine = cpus()[0]?.model ?? 'unknown processor';

function print(where: string, rows: readonly Row[]): void {
  if (asJson) {
    console.log(JSON.stringify({ where, machine, rows }));
    return;
  }
  const names = Object.keys(rows[0]?.us ?? {});
  console.log(`µs a call, ${where}, ${machine}\n`);
  console.log(`| suite | operation | ${names.join(' | ')} |`);
  console.log(`|---|---|${names.map(() => '---:|').join('')}`);
  for (const { suite, operation, us } of rows) {
    const cells = names.map((name) => (us[name] ?? Number.NaN).toFixed(1));
    console.log(`| ${suite} | ${operation} | ${cells.join(' | ')} |`);
  }
  console.log('');
}

const web = await createWebProvider(crypto.subtle);
print(`Node ${process.version}`, await measure([createNodeProvider(), web, createNobleProvider()]));
if (process.argv.includes('--chromium')) {
  const entry = new URL('mls-primitives/browser-entry.ts', import.meta.url);
  const { version, answer } = await askChromium(entry, 'measureHere');
  if (isRows(answer)) print(`Chromium ${version}`, answer);
}
