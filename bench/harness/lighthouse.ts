import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromiumArguments, findChromium } from '../../scripts/chromium.ts';
import { median, type Row } from './report.ts';

const LIGHTHOUSE = fileURLToPath(
  new URL('../../node_modules/lighthouse/cli/index.js', import.meta.url),
);
/** What Lighthouse thinks of speed moves with the machine: the middle one of so many runs. */
const RUNS = 3;
const ATTEMPTS = 4;
const CHROME_FLAGS = ['--headless=new', ...chromiumArguments];
/** Scores in hundredths that a page has to reach. */
const TARGETS = { performance: 95, accessibility: 100, 'best-practices': 100, seo: 100 } as const;

type Category = keyof typeof TARGETS;
type Scores = Readonly<Record<Category, number>>;

/** Scores of a page on the mobile profile, the middle of a few runs, against what it has to reach. */
export async function lighthouseRows(url: string): Promise<readonly Row[]> {
  const runs: Scores[] = [];
  for (let run = 0; run < RUNS; run += 1) runs.push(await scoresOf(url));
  return (Object.keys(TARGETS) as Category[]).map((category) => ({
    what: `${url.replace(/^https?:\/\/[^/]*/, '')}: ${category}`,
    value: median(runs.map((scores) => scores[category])),
    unit: 'of 100',
    target: TARGETS[category],
    atLeast: true,
  }));
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
