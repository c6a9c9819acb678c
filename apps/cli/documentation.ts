import type { Command, Flag } from './arguments/command.ts';
import { capital, flagName, synopsis } from './arguments/usage.ts';
import { commands } from './commands.ts';
import { introduction } from './documentation-text.ts';

/** The text of docs/operations/command-line.md, from the same declarations that parse and help. */
export function generateCommandDocs(): string {
  return `${[introduction.trim(), ...commands.map(describe)].join('\n\n')}\n`;
}

function describe(command: Command): string {
  const { words, summary, details = [], positionals = [], flags = [], output } = command;
  const facts = [
    ...positionals.map(({ name, summary: what }) => `- \`${name}\`: ${what}`),
    ...flags.map((flag) => `- \`${flagName(flag)}\`: ${flag.summary}${trait(flag)}`),
    ...(command.moreFlags
      ? ['- every setting of the server: see [configuration.md](configuration.md)']
      : []),
  ];
  return [
    `## ${words}`,
    `\`${synopsis(command)}\``,
    `${capital(summary)}.`,
    ...details,
    ...(facts.length > 0 ? [facts.join('\n')] : []),
    `With \`--json\`: ${outputText(output)}`,
  ].join('\n\n');
}

function trait({ required, repeated }: Flag): string {
  const traits = [required && 'required', repeated && 'may be given again'].filter(Boolean);
  return traits.length > 0 ? ` (${traits.join(', ')})` : '';
}

function outputText(output = '{"ok":true}'): string {
  return output.replace(/\{[^}]*\}/g, (json) => `\`${json}\``);
}
