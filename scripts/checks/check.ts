import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';

/** A check of the house: no problem found means that it holds. */
export interface Check {
  readonly name: string;
  /** One entry a problem, each readable by itself. */
  readonly findProblems: (root: string) => Promise<readonly string[]>;
}

/** A program of `node_modules/.bin`, run in `folder` below the repository's root. */
interface ProgramRun {
  readonly root: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly folder?: string;
}

interface ProgramEnd {
  /** Exit status, or what kept it from having one. */
  readonly status: number | string;
  readonly output: string;
}

/** The program's output is the one problem when it fails. */
export async function problemsOfCommand(run: ProgramRun): Promise<readonly string[]> {
  const { status, output } = await runProgram(run);
  if (status === 0) return [];
  const said = output.trim();
  return [said === '' ? `${run.program} ${run.args.join(' ')} failed (${status}).` : said];
}

export function runProgram({ root, program, args, folder = '.' }: ProgramRun): Promise<ProgramEnd> {
  const installed = join(root, 'node_modules', '.bin');
  const path = `${installed}${delimiter}${process.env['PATH'] ?? ''}`;
  const env = { ...process.env, PATH: path, NO_COLOR: '1', FORCE_COLOR: '0' };
  return new Promise((resolve) => {
    const child = spawn(join(installed, program), args, { cwd: join(root, folder), env });
    let output = '';
    const gather = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout.on('data', gather);
    child.stderr.on('data', gather);
    child.on('error', (error) => resolve({ status: error.message, output }));
    child.on('close', (code, signal) => resolve({ status: code ?? signal ?? 'unknown', output }));
  });
}
