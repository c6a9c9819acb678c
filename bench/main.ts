import { parseArgs } from 'node:util';
import { benchConnections } from './connections/connections.ts';
import { benchFanOut } from './fan-out/fan-out.ts';
import { type BenchResult, printResult, saveResults } from './harness/report.ts';
import { benchAppend } from './log/append.ts';
import { benchRead } from './log/read.ts';
import { benchMls } from './mls/bench-mls.ts';
import { benchLighthouse } from './pages/lighthouse.ts';
import { benchPages } from './pages/pages.ts';
import { benchIrc } from './publish/irc.ts';
import { benchStartUp } from './start-up/start-up.ts';
import { benchWebLighthouse } from './web/lighthouse.ts';
import { benchWebSize } from './web/size.ts';
import { benchWeb } from './web/web.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string' } },
});
const { only } = values;
const benches: Readonly<Record<string, () => Promise<BenchResult>>> = {
  'fan-out': () => benchFanOut([1_000, 10_000, 19_000]),
  append: benchAppend,
  read: benchRead,
  connections: benchConnections,
  'start-up': benchStartUp,
  irc: benchIrc,
  pages: benchPages,
  'pages-lighthouse': benchLighthouse,
  'web-size': benchWebSize,
  web: () => benchWeb(only),
  'web-lighthouse': benchWebLighthouse,
  mls: () =>
    benchMls({
      members: [100, 1_000, 3_000],
      rounds: 5,
      inChromium: [100, 1_000],
      withPeers: true,
    }),
};

const chosen = positionals.length > 0 ? positionals : Object.keys(benches);
const results: BenchResult[] = [];
for (const name of chosen) {
  const run = benches[name];
  if (!run) throw new Error(`no bench ${name}: choose of ${Object.keys(benches).join(', ')}`);
  const result = await run();
  printResult(result);
  results.push(result);
}
const whole = results.filter(({ isPart }) => !isPart);
if (whole.length > 0) process.stdout.write(`\nkept in ${saveResults(whole)}\n`);
