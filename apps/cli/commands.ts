import { UsageError } from '@heliogram/protocol';
import { accountCommands } from './accounts/commands.ts';
import type { Command } from './arguments/command.ts';
import { allFlags } from './arguments/parse.ts';
import { channelCommands } from './channels/commands.ts';
import { operatorCommands } from './operator/commands.ts';
import { postCommands } from './posts/commands.ts';
import { readingCommands } from './reading/commands.ts';

/** Every command, in the order of the manual. */
export const commands: readonly Command[] = [
  ...accountCommands,
  ...channelCommands,
  ...postCommands,
  ...readingCommands,
  ...operatorCommands,
];

/** Words of the contract whose commands come with private conversations. */
const laterCommands: ReadonlySet<string> = new Set(['group', 'send', 'report', 'secret']);

/** Throws `usage` for a command that this version does not have yet, whatever its flags. */
export function requireAvailable(argv: readonly string[]): void {
  const word = firstWord(argv);
  if (word === undefined || !laterCommands.has(word)) return;
  throw new UsageError(
    `“${word}” is not available in this version: private conversations come in a later one`,
  );
}

/** The first token that is neither a flag nor the value of a known one. */
function firstWord(argv: readonly string[]): string | undefined {
  const valued = allFlags(commands).filter(({ value }) => value !== undefined);
  const names = new Set(valued.map(({ name }) => `--${name}`));
  return argv.find((token, i) => !token.startsWith('-') && !names.has(argv[i - 1] ?? ''));
}
