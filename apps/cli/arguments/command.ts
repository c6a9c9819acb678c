import type { Output } from '../output/output.ts';
import type { Arguments } from './arguments.ts';

/** One command, declared once: parsing, usage and the manual come from here. */
export type Command = {
  /** Its words, such as "channel create". */
  readonly words: string;
  readonly summary: string;
  /** Paragraphs for the manual and --help. */
  readonly details?: readonly string[];
  readonly positionals?: readonly Positional[];
  readonly flags?: readonly Flag[];
  /** Fields of a line of --json output; absent: {"ok":true}. */
  readonly output?: string;
  /** Flags that are declared elsewhere, loaded only when the command is asked for. */
  readonly moreFlags?: () => Promise<readonly Flag[]>;
  readonly load: () => Promise<Run>;
};

export type Positional = {
  readonly name: string;
  readonly summary: string;
  readonly optional?: boolean;
  /** Takes all words that remain. */
  readonly rest?: boolean;
};

export type Flag = {
  /** Without the dashes. The same name takes a value in all commands or in none. */
  readonly name: string;
  /** Name of its value; absent: it is on or off. */
  readonly value?: string;
  readonly summary: string;
  readonly required?: boolean;
  readonly repeated?: boolean;
};

export type Run = (context: CommandContext) => Promise<void>;

export type CommandContext = {
  readonly args: Arguments;
  readonly out: Output;
  /** Where this device's keys and store are. */
  readonly profileDirectory: string;
};

export const globalFlags: readonly Flag[] = [
  { name: 'json', summary: 'print one JSON object per line' },
  {
    name: 'profile',
    value: 'DIR',
    summary: 'the folder with the keys and data of this device',
  },
  { name: 'help', summary: 'show help for a command' },
];
