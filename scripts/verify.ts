// Every check of the house, in turn: npm run verify [-- --no-tests] [-- check-name …]
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { type Check, problemsOfCommand } from './checks/check.ts';
import { fileSizesCheck } from './checks/file-sizes.ts';
import { generatedCheck, protocolCheck } from './checks/protocol.ts';
import { typesCheck } from './checks/types.ts';
import { dependencyRulesCheck } from './dependency-rules/dependency-rules.ts';
import { requireNode } from './node-version.ts';
import { importCyclesCheck } from './source-graph/import-cycles.ts';
import { specIdsCheck } from './spec-ids/spec-ids.ts';

const root = process.cwd();

const lintCheck: Check = {
  name: 'format-lint',
  findProblems: () =>
    problemsOfCommand({
      root,
      program: 'biome',
      args: ['ci', '--colors=off', '--max-diagnostics=none', '--error-on-warnings', '.'],
    }),
};

const unusedCheck: Check = {
  name: 'unused',
  findProblems: () =>
    problemsOfCommand({ root, program: 'knip', args: ['--no-progress', '--no-config-hints'] }),
};

const checks: readonly Check[] = [
  lintCheck,
  typesCheck,
  importCyclesCheck,
  dependencyRulesCheck,
  unusedCheck,
  protocolCheck,
  generatedCheck,
  specIdsCheck,
  fileSizesCheck,
];

requireNode();
await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<void> {
  const named = args.filter((arg) => !arg.startsWith('--'));
  const unknown = named.filter((name) => !checks.some((check) => check.name === name));
  if (unknown.length > 0) return refuse(unknown);
  const chosen = checks.filter((check) => named.length === 0 || named.includes(check.name));
  const failed: string[] = [];
  for (const check of chosen) if (!(await holds(check))) failed.push(check.name);
  const withTests = named.length === 0 && !args.includes('--no-tests');
  if (withTests && !testsPass()) failed.push('tests');
  console.log(failed.length === 0 ? 'verify: all holds' : `verify: FAILED ${failed.join(', ')}`);
  process.exitCode = failed.length === 0 ? 0 : 1;
}

async function holds(check: Check): Promise<boolean> {
  const startedAt = performance.now();
  const problems = await check.findProblems(root).catch((error: unknown) => [String(error)]);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  for (const problem of problems) console.log(problem);
  const verdict = problems.length === 0 ? 'ok  ' : 'FAIL';
  console.log(`${verdict} ${check.name.padEnd(18)} ${seconds.padStart(6)} s`);
  return problems.length === 0;
}

function testsPass(): boolean {
  const args = [join(root, 'scripts', 'test.ts')];
  return spawnSync(process.execPath, args, { stdio: 'inherit' }).status === 0;
}

function refuse(unknown: readonly string[]): void {
  const known = checks.map((check) => check.name).join(', ');
  console.error(`No such check: ${unknown.join(', ')}. There are: ${known}.`);
  process.exitCode = 2;
}
