/** What an operator wrote for one setting: text of a flag or variable, any JSON value of a file. */
export type Written = unknown;

/** Thrown by a reader: the rest of a sentence that begins with the setting's name. */
export class NotAccepted extends Error {}

/** Turns what was written into a value and back into what a person would write. */
export type Reader<T> = {
  /** How values look, for documentation: "0 to 65535", "open, invite or closed". */
  readonly form: string;
  /** Throws NotAccepted. */
  read(written: Written): T;
  write(value: T): string;
  /** Several values: the flag repeats, the variable separates them by commas, the file has a list. */
  readonly list?: true;
};

/** One setting, declared once: default, sources, check and documentation come from here. */
export type Setting<T> = {
  /** In the configuration file. The variable is HELIOGRAM_ and the same in capitals. */
  readonly name: string;
  /** Without the dashes. */
  readonly flag: string;
  readonly sentence: string;
  readonly reader: Reader<T>;
  /** As an operator would write it. Computed settings say in words where it comes from. */
  readonly defaultText: string;
  /** When the default depends on the machine. */
  readonly computeDefault?: (env: Environment) => T;
};

export type Environment = Readonly<Record<string, string | undefined>>;

export const variableOf = ({ name }: { readonly name: string }): string =>
  `HELIOGRAM_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;

export function defaultOf<T>(setting: Setting<T>, env: Environment): T {
  return setting.computeDefault?.(env) ?? setting.reader.read(setting.defaultText);
}
