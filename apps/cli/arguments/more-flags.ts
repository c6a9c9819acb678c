import type { Command } from './command.ts';

/** The commands, with all flags of those that `argv` may mean. */
export async function withMoreFlags(
  argv: readonly string[],
  commands: readonly Command[],
): Promise<readonly Command[]> {
  return Promise.all(
    commands.map(async (command) => {
      const { words, flags = [], moreFlags } = command;
      if (!moreFlags || !argv.includes(words)) return command;
      return { ...command, flags: [...(await moreFlags()), ...flags] };
    }),
  );
}
