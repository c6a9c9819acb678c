import { UsageError } from '@heliogram/protocol';
import { type Command, type Flag, globalFlags } from './command.ts';
import { findCommand } from './parse.ts';

/** Help on a command, on a group such as "channel", or on everything. Throws `usage`. */
export function helpText(about: readonly string[], commands: readonly Command[]): string {
  if (about.length === 0) return overview(commands);
  const command = findCommand(about, commands);
  if (command) return commandHelp(command);
  const group = commands.filter(({ words }) => words.startsWith(`${about[0]} `));
  if (group.length === 0) throw new UsageError(`unknown command “${about.join(' ')}”`);
  return [...summaries(group), '', 'For more about a command: heliogram COMMAND --help'].join('\n');
}

/** "heliogram post CHAT TEXT [--file PATH …]" */
export function synopsis({ words, positionals = [], flags = [] }: Command): string {
  const parts = positionals.map(({ name, optional }) => (optional ? `[${name}]` : name));
  return ['heliogram', words, ...parts, ...flags.map(flagSynopsis)].join(' ');
}

export function flagName({ name, value }: Flag): string {
  return value === undefined ? `--${name}` : `--${name} ${value}`;
}

function flagSynopsis(flag: Flag): string {
  const text = `${flagName(flag)}${flag.repeated ? ' …' : ''}`;
  return flag.required ? text : `[${text}]`;
}

function overview(commands: readonly Command[]): string {
  return [
    'Heliogram: broadcast in the open.',
    '',
    'heliogram COMMAND … [--json] [--profile DIR]',
    '',
    ...summaries(commands),
    '',
    ...rows(globalFlags.map((flag) => [flagName(flag), flag.summary])),
    '',
    'CHAT is the id of a conversation or the @username of a channel.',
    'For more about a command: heliogram COMMAND --help',
  ].join('\n');
}

function commandHelp(command: Command): string {
  const { summary, details = [], positionals = [], flags = [], output } = command;
  const named = positionals.map((each) => [each.name, each.summary] as const);
  const flagRows = [...flags, ...globalFlags].map(
    (flag) => [flagName(flag), flag.summary] as const,
  );
  return [
    ...hanging(synopsis(command)),
    '',
    `${capital(summary)}.`,
    ...details.flatMap((paragraph) => ['', ...wrap(paragraph)]),
    ...(named.length > 0 ? ['', ...rows(named)] : []),
    '',
    ...rows(flagRows),
    '',
    `With --json: ${output ?? '{"ok":true}'}`,
  ].join('\n');
}

function summaries(commands: readonly Command[]): readonly string[] {
  return rows(commands.map(({ words, summary }) => [words, summary]));
}

function rows(pairs: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(...pairs.map(([name]) => name.length));
  return pairs.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`);
}

const lineWidth = 80;

/** Wrapped between its parts, later lines indented. */
function hanging(usage: string): readonly string[] {
  const parts = usage.replace(/\[[^\]]*\]/g, (part) => part.replaceAll(' ', NO_BREAK));
  return wrap(parts, lineWidth - 4).map((line, i) =>
    `${i === 0 ? '' : '    '}${line}`.replaceAll(NO_BREAK, ' '),
  );
}

const NO_BREAK = '\u00a0';

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function wrap(paragraph: string, width = lineWidth): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of paragraph.split(' ')) {
    if (line !== '' && line.length + word.length + 1 > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
