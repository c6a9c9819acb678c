import type { CommandContext } from '../arguments/command.ts';
import { printable } from '../output/terminal-text.ts';
import { loadServer } from './serve-module.ts';
import { settingsIn } from './server-settings.ts';

export async function checkConfigCommand({ args, out }: CommandContext): Promise<void> {
  const { checkConfig } = await loadServer();
  const { effective, problems, warnings } = await checkConfig({ flags: settingsIn(args) });
  out.list(effective, {
    json: ({ name, value, source }) => ({ name, value, source }),
    columns: [
      { title: 'SETTING', text: ({ name }) => name },
      { title: 'VALUE', text: ({ value }) => printable(value) },
      { title: 'FROM', text: ({ source }) => printable(source) },
    ],
    empty: 'No settings could be read.',
  });
  for (const problem of problems) {
    out.result({ problem }, ({ warning }) => warning(printable(problem)));
  }
  for (const each of warnings)
    out.result({ warning: each }, ({ accent }) => accent(printable(each)));
  if (problems.length > 0) process.exitCode = 1;
}
