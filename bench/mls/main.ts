import { parseArgs } from 'node:util';
import { printResult, saveResults } from '../harness/report.ts';
import { benchMls } from './bench-mls.ts';

/**
 * `node bench/mls/main.ts [--members 1000] [--rounds 9] [--chromium 100] [--no-peers] [--save]`:
 * medians of our engine in both suites against its primitives, ts-mls and OpenMLS of the same run.
 */
const { values } = parseArgs({
  options: {
    members: { type: 'string', multiple: true, default: ['1000'] },
    rounds: { type: 'string', default: '9' },
    chromium: { type: 'string', multiple: true, default: [] },
    'no-peers': { type: 'boolean', default: false },
    save: { type: 'boolean', default: false },
  },
});

const result = await benchMls({
  members: values.members.map(Number),
  rounds: Number(values.rounds),
  inChromium: values.chromium.map(Number),
  withPeers: !values['no-peers'],
});
printResult(result);
if (values.save) process.stdout.write(`\nkept in ${saveResults([result])}\n`);
