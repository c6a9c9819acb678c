import { nearestName, UsageError } from '@heliogram/protocol';
import { Arguments } from './arguments.ts';
import { type Command, type Flag, globalFlags, type Positional } from './command.ts';

/** What somebody asked for. */
export type Invocation =
  | { readonly kind: 'run'; readonly command: Command; readonly args: Arguments }
  /** `about`: words of a command or of a group of them; empty: everything. */
  | { readonly kind: 'help'; readonly about: readonly string[] }
  | { readonly kind: 'version' };

/** Flags that are understood before any command is known: help must work when all else is wrong. */
export type Tokens = {
  readonly words: readonly string[];
  readonly flags: ReadonlyMap<string, readonly string[]>;
};

/** Parts words from flags, wherever these stand. Throws `usage` for unknown flags and missing values. */
export function tokenize(argv: readonly string[], commands: readonly Command[]): Tokens {
  const known = new Map(allFlags(commands).map((flag) => [flag.name, flag]));
  const words: string[] = [];
  const flags = new Map<string, string[]>();
  const rest = [...argv];
  for (let token = rest.shift(); token !== undefined; token = rest.shift()) {
    if (token === '--') {
      words.push(...rest);
      break;
    }
    const [, name, given] = /^--([^=]+)(?:=(.*))?$/s.exec(token === '-h' ? '--help' : token) ?? [];
    if (name === undefined) words.push(token);
    else flags.set(name, [...(flags.get(name) ?? []), flagValue(known, name, { given, rest })]);
  }
  return { words, flags };
}

function flagValue(
  known: ReadonlyMap<string, Flag>,
  name: string,
  { given, rest }: { readonly given: string | undefined; readonly rest: string[] },
): string {
  const flag = known.get(name);
  if (!flag) throw unknownFlag(name, known);
  if (flag.value === undefined) {
    if (given !== undefined) throw new UsageError(`--${name} does not take a value`);
    return '';
  }
  const value = given ?? rest.shift();
  if (value === undefined) throw new UsageError(`--${name} needs a value: ${flag.value}`);
  return value;
}

function unknownFlag(name: string, known: ReadonlyMap<string, Flag>): UsageError {
  const near = nearestName(name, [...known.keys()]);
  const hint = near === undefined ? '' : `; did you mean --${near}?`;
  return new UsageError(`unknown flag --${name}${hint}`);
}

/** Throws `usage` for what is no command, or not used as its declaration says. */
export function parseInvocation(
  { words, flags }: Tokens,
  commands: readonly Command[],
): Invocation {
  if (flags.has('version') && words.length === 0) return { kind: 'version' };
  if (words[0] === 'help') return { kind: 'help', about: words.slice(1) };
  if (flags.has('help')) return { kind: 'help', about: words };
  if (words.length === 0) return { kind: 'help', about: [] };
  const command = findCommand(words, commands);
  if (!command) throw unknownCommand(words, commands);
  const given = words.slice(command.words.split(' ').length);
  const positionals = bindPositionals(given, command);
  requireFlags(flags, command);
  return { kind: 'run', command, args: new Arguments(positionals, flags) };
}

function unknownCommand(words: readonly string[], commands: readonly Command[]): UsageError {
  for (const group of [words.slice(0, 2).join(' '), words.slice(0, 1).join('')]) {
    const inside = commands.filter((command) => command.words.startsWith(`${group} `));
    const next = inside.map((command) => command.words.slice(group.length + 1));
    if (next.length > 0) return new UsageError(`“${group}” needs one of: ${next.join(', ')}`);
  }
  const near = nearestName(words[0] ?? '', [
    ...new Set(commands.map((command) => command.words.split(' ')[0] ?? '')),
  ]);
  const hint = near === undefined ? '' : `; did you mean “${near}”?`;
  return new UsageError(`unknown command “${words[0]}”${hint}`);
}

/** The command with most words at the beginning of these. */
export function findCommand(
  words: readonly string[],
  commands: readonly Command[],
): Command | undefined {
  return commands
    .filter((command) => command.words.split(' ').every((word, i) => words[i] === word))
    .sort((a, b) => b.words.length - a.words.length)[0];
}

function bindPositionals(
  given: readonly string[],
  { words, positionals = [] }: Command,
): ReadonlyMap<string, string> {
  const bound = new Map<string, string>();
  for (const [i, positional] of positionals.entries()) {
    const value = positional.rest ? given.slice(i).join(' ') : given[i];
    if (value !== undefined && !(positional.rest && given.length <= i)) {
      bound.set(positional.name, value);
    } else if (!positional.optional) {
      throw new UsageError(`“${words}” needs ${positional.name}: ${positional.summary}`);
    }
  }
  requireNoMore(given, words, positionals);
  return bound;
}

function requireNoMore(
  given: readonly string[],
  words: string,
  positionals: readonly Positional[],
): void {
  const extra = given[positionals.length];
  if (extra === undefined || positionals.some(({ rest }) => rest)) return;
  const quote = positionals.some(({ name }) => name === 'TEXT')
    ? '; quote a text of many words'
    : '';
  throw new UsageError(`“${words}” does not take “${extra}”${quote}`);
}

function requireFlags(
  given: ReadonlyMap<string, readonly string[]>,
  { words, flags = [] }: Command,
): void {
  const allowed = new Map([...globalFlags, ...flags].map((flag) => [flag.name, flag]));
  for (const [name, values] of given) {
    const flag = allowed.get(name);
    if (!flag) throw new UsageError(`“${words}” does not take --${name}`);
    if (values.length > 1 && !flag.repeated)
      throw new UsageError(`--${name} can only be given once`);
  }
  const missing = flags.find(({ name, required }) => required && !given.has(name));
  if (missing)
    throw new UsageError(`“${words}” needs --${missing.name} ${missing.value ?? ''}`.trim());
}

export function allFlags(commands: readonly Command[]): readonly Flag[] {
  const version: Flag = { name: 'version', summary: 'show the version' };
  return [...globalFlags, version, ...commands.flatMap(({ flags = [] }) => flags)];
}
