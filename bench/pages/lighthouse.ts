import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { editions, frontPage } from '../../apps/server/pages/tests/front-page.ts';
import { Newsroom } from '../../apps/server/pages/tests/newsroom.ts';
import { findChromium } from '../../scripts/chromium.ts';
import { type BenchResult, median, type Row } from '../harness/report.ts';

const LIGHTHOUSE = fileURLToPath(
  new URL('../../node_modules/lighthouse/cli/index.js', import.meta.url),
);
/** What Lighthouse thinks of speed moves with the machine: the middle one of so many runs. */
const RUNS = 3;
const ATTEMPTS = 4;
const CHROME_FLAGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
/** Scores in hundredths that the public pages have to reach. */
const TARGETS = { performance: 95, accessibility: 100, 'best-practices': 100, seo: 100 } as const;

type Category = keyof typeof TARGETS;
type Scores = Readonly<Record<Category, number>>;

/** Lighthouse, mobile profile, on pages with posts of every kind. */
export async function benchLighthouse(): Promise<BenchResult> {
  const room = await new Newsroom().open();
  const { photoPost, username } = await frontPage(room);
  await room.reopenWith(editions);
  const rows: Row[] = [];
  for (const path of [
    `/@${username}`,
    `/@${username}/${photoPost}`,
    '/@eveningrelay',
    '/directory',
  ]) {
    const runs: Scores[] = [];
    for (let run = 0; run < RUNS; run += 1) runs.push(await scoresOf(`${room.url}${path}`));
    for (const category of Object.keys(TARGETS) as Category[]) {
      rows.push({
        what: `${path}: ${category}`,
        value: median(runs.map((scores) => scores[category])),
        unit: 'of 100',
        target: TARGETS[category],
        atLeast: true,
      });
    }
  }
  await room.close();
  return { bench: 'pages-lighthouse', rows };
}

/** A busy machine loses a trace now and then: asked again, a few times. */
async function scoresOf(url: string): Promise<Scores> {
  for (let attempt = 1; ; attempt += 1) {
    const report = await reportOf(url);
    if (report) return scoresIn(report, url);
    if (attempt === ATTEMPTS) throw new Error(`Lighthouse fails on ${url}`);
  }
}

async function reportOf(url: string): Promise<Report | undefined> {
  const categories = Object.keys(TARGETS).join();
  const flags = [`--only-categories=${categories}`, `--chrome-flags=${CHROME_FLAGS.join(' ')}`];
  const env = { ...process.env, CHROME_PATH: findChromium() };
  try {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [LIGHTHOUSE, url, '--quiet', '--output=json', ...flags],
      { maxBuffer: 64 * 1_048_576, env },
    );
    return JSON.parse(stdout) as Report;
  } catch {
    return undefined;
  }
}

function scoresIn(report: Report, url: string): Scores {
  for (const line of failures(report)) process.stdout.write(`  ${url} ${line}\n`);
  const score = (category: Category) => Math.round((report.categories[category].score ?? 0) * 100);
  return {
    performance: score('performance'),
    accessibility: score('accessibility'),
    'best-practices': score('best-practices'),
    seo: score('seo'),
  };
}

type Report = {
  readonly categories: Readonly<
    Record<
      Category,
      {
        readonly score: number | null;
        readonly auditRefs: readonly { readonly id: string; readonly weight: number }[];
      }
    >
  >;
  readonly audits: Readonly<
    Record<
      string,
      { readonly score: number | null; readonly title: string; readonly displayValue?: string }
    >
  >;
};

/** What cost points. */
function failures({ audits, categories }: Report): readonly string[] {
  return Object.values(categories).flatMap(({ auditRefs }) =>
    auditRefs.flatMap(({ id, weight }) => {
      const audit = audits[id];
      if (weight === 0 || !audit || audit.score === null || audit.score >= 0.9) return [];
      return [`${id} ${audit.score}: ${audit.title} ${audit.displayValue ?? ''}`];
    }),
  );
}
