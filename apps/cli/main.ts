import type { Command } from './arguments/command.ts';
import { withMoreFlags } from './arguments/more-flags.ts';
import { parseInvocation, type Tokens, tokenize } from './arguments/parse.ts';
import { commands, requireAvailable } from './commands.ts';
import { Output } from './output/output.ts';

await main(process.argv.slice(2));

async function main(argv: readonly string[]): Promise<void> {
  quietOnClosedPipe();
  const json = argv.slice(0, endOfFlags(argv)).includes('--json');
  try {
    requireAvailable(argv);
    const complete = await withMoreFlags(argv, commands);
    await run(tokenize(argv, complete), complete, new Output(json));
  } catch (thrown) {
    process.exitCode = await fail(thrown, json);
  }
}

async function fail(thrown: unknown, json: boolean): Promise<number> {
  const { asHeliogramError } = await import('@heliogram/client');
  const { reportFailure } = await import('./output/failure.ts');
  const { systemFailure } = await import('./output/system-failure.ts');
  return reportFailure(systemFailure(thrown) ?? asHeliogramError(thrown), json);
}

async function run(tokens: Tokens, commands: readonly Command[], out: Output): Promise<void> {
  const invocation = parseInvocation(tokens, commands);
  if (invocation.kind === 'version') {
    const { version } = await import('./version.ts');
    return out.result({ version }, () => `heliogram ${version}`);
  }
  if (invocation.kind === 'help') {
    const { helpText } = await import('./arguments/usage.ts');
    const help = helpText(invocation.about, commands);
    return out.result({ help }, () => help);
  }
  const { command, args } = invocation;
  const profileDirectory = args.value('profile') ?? (await defaultProfile());
  await (await command.load())({ args, out, profileDirectory });
  await out.flushed();
}

async function defaultProfile(): Promise<string> {
  return (await import('./session/profile-directory.ts')).defaultProfileDirectory();
}

function endOfFlags(argv: readonly string[]): number {
  const end = argv.indexOf('--');
  return end === -1 ? argv.length : end;
}

/** Whoever reads our output may stop at any line: that is no failure. */
function quietOnClosedPipe(): void {
  process.stdout.on('error', (error) => {
    if ('code' in error && error.code === 'EPIPE') process.exit(0);
    throw error;
  });
}
