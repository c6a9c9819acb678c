import { type Profiler, Session } from 'node:inspector';
import { setFlagsFromString } from 'node:v8';

/** Native scans do not show as blocks that ran: the items that they may look at are added. */
const scans = ['includes', 'indexOf', 'slice', 'concat', 'sort'] as const;
const source = new URL('../src/', import.meta.url).href;

// Optimizing compilers drop counters, each time at another moment; the interpreter never does.
for (const flag of ['--no-opt', '--no-maglev', '--no-sparkplug', '--no-lazy-feedback-allocation']) {
  setFlagsFromString(flag);
}

// Before functions of the package are called first: only what is compiled later counts its blocks.
const session = new Session();
session.connect();
session.post('Profiler.enable');
session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });

/** How often blocks of the package run, with the items that native scans of arrays may look at. */
export async function operationsOf(run: () => unknown): Promise<number> {
  const natives = scans.map((name) => [name, Array.prototype[name]] as const);
  let scanned = 0;
  takeCounts();
  for (const [name, native] of natives) {
    Reflect.set(Array.prototype, name, function counted(this: unknown[], ...input: unknown[]) {
      scanned += this.length;
      return Reflect.apply(native, this, input);
    });
  }
  try {
    await run();
  } finally {
    for (const [name, native] of natives) Reflect.set(Array.prototype, name, native);
  }
  return takeCounts() + scanned;
}

/** The sum of all counters, which begin anew. */
function takeCounts(): number {
  let scripts: readonly Profiler.ScriptCoverage[] = [];
  session.post('Profiler.takePreciseCoverage', (error, taken) => {
    if (error) throw error;
    scripts = taken.result;
  });
  return scripts
    .filter(({ url }) => url.startsWith(source))
    .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges))
    .reduce((sum, { count }) => sum + count, 0);
}
