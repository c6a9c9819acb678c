import { readFileSync } from 'node:fs';
import { nearestName } from '@heliogram/protocol';
import type { ServerConfig } from './config.ts';
import { configOf, type Values } from './config-of.ts';
import { defaultOf, type Environment, NotAccepted, type Setting, variableOf } from './setting.ts';
import { settings } from './settings.ts';

export type ConfigInput = {
  /** By flag name, without the dashes. `config` names the file. */
  readonly flags?: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Of this process when absent. */
  readonly env?: Environment;
  /** Path of a JSON file; `flags.config` and HELIOGRAM_CONFIG name it too. */
  readonly file?: string;
};

export type LoadedConfig =
  | {
      readonly kind: 'valid';
      readonly config: ServerConfig;
      readonly effective: readonly EffectiveSetting[];
    }
  /** Whole sentences for the operator, one a problem. */
  | { readonly kind: 'invalid'; readonly problems: readonly string[] };

/** A setting's value and where it comes from: "--port", "HELIOGRAM_PORT", "FILE", "default". */
export type EffectiveSetting = {
  readonly name: string;
  readonly value: string;
  readonly source: string;
};

type Source = { readonly what: string; readonly written: unknown };
type Sources = (setting: Setting<unknown>) => Source | undefined;

const FILE_VARIABLE = 'HELIOGRAM_CONFIG';
/** Of the command line, which shares the prefix. */
const OTHER_VARIABLES: ReadonlySet<string> = new Set([FILE_VARIABLE, 'HELIOGRAM_PROFILE']);

const allSettings: readonly Setting<unknown>[] = Object.values(settings);

/** Settings from flags, then the environment, then the file, then defaults. Never throws. */
export function loadConfig(input: ConfigInput = {}): LoadedConfig {
  const flags = input.flags ?? {};
  const env = input.env ?? process.env;
  const problems: string[] = [];
  const file = readFile(fileOf(input, env), problems);
  problems.push(...unknownFlags(flags), ...unknownVariables(env), ...unknownKeys(file));
  const sources: Sources = (setting) =>
    fromFlags(setting, flags) ?? fromEnvironment(setting, env) ?? fromFile(setting, file);
  const read = allSettings.map((setting) => readSetting(setting, sources, env));
  for (const { problem } of read) if (problem !== undefined) problems.push(problem);
  if (problems.length > 0) return { kind: 'invalid', problems };
  // Every reader gives its setting's type; the names are those of the declarations.
  const values = Object.fromEntries(
    Object.keys(settings).map((key, index) => [key, read[index]?.value]),
  ) as unknown as Values;
  return {
    kind: 'valid',
    config: configOf(values),
    effective: read.map(({ shown, source }, index) => ({
      name: allSettings[index]?.name ?? '',
      value: shown,
      source,
    })),
  };
}

type ReadSetting = {
  readonly value: unknown;
  readonly shown: string;
  readonly source: string;
  readonly problem?: string;
};

function readSetting(setting: Setting<unknown>, sources: Sources, env: Environment): ReadSetting {
  const source = sources(setting);
  try {
    const value = source ? setting.reader.read(source.written) : defaultOf(setting, env);
    const shown = setting.reader.write(value);
    return { value, shown, source: source?.what ?? 'default' };
  } catch (error) {
    if (!(error instanceof NotAccepted)) throw error;
    const what = source?.what ?? setting.name;
    return { value: undefined, shown: '', source: what, problem: `${what} ${error.message}.` };
  }
}

function fromFlags(setting: Setting<unknown>, flags: ConfigInput['flags']): Source | undefined {
  const written = flags?.[setting.flag];
  if (written === undefined) return undefined;
  const value = setting.reader.list || !Array.isArray(written) ? written : written.at(-1);
  return { what: `--${setting.flag}`, written: value };
}

/** An empty variable says nothing, as most shells and service files mean it. */
function fromEnvironment(setting: Setting<unknown>, env: Environment): Source | undefined {
  const variable = variableOf(setting);
  const written = env[variable];
  return written === undefined || written === '' ? undefined : { what: variable, written };
}

type File = { readonly path: string; readonly values: Readonly<Record<string, unknown>> };

function fromFile({ name }: Setting<unknown>, file: File | undefined): Source | undefined {
  if (!file || !Object.hasOwn(file.values, name)) return undefined;
  return { what: `${name} in ${file.path}`, written: file.values[name] };
}

function fileOf({ flags, file }: ConfigInput, env: Environment): string | undefined {
  const flag = flags?.['config'];
  return (
    file ?? (typeof flag === 'string' ? flag : flag?.at(-1)) ?? (env[FILE_VARIABLE] || undefined)
  );
}

function readFile(path: string | undefined, problems: string[]): File | undefined {
  if (path === undefined) return undefined;
  try {
    const values: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof values === 'object' && values !== null && !Array.isArray(values)) {
      return { path, values: { ...values } };
    }
    problems.push(`${path} is not a configuration file: it must contain one JSON object.`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    problems.push(`${path} cannot be read: ${reason}.`);
  }
  return undefined;
}

function unknownFlags(flags: NonNullable<ConfigInput['flags']>): readonly string[] {
  const known = [...allSettings.map(({ flag }) => flag), 'config'];
  return unknown(Object.keys(flags), { known, prefix: '--' });
}

function unknownVariables(env: Environment): readonly string[] {
  const typed = Object.keys(env).filter(
    (name) => name.startsWith('HELIOGRAM_') && !OTHER_VARIABLES.has(name),
  );
  return unknown(typed, { known: allSettings.map(variableOf), prefix: '' });
}

function unknownKeys(file: File | undefined): readonly string[] {
  const known = allSettings.map(({ name }) => name);
  return unknown(Object.keys(file?.values ?? {}), { known, prefix: '' });
}

function unknown(
  typed: readonly string[],
  { known, prefix }: { known: readonly string[]; prefix: string },
): readonly string[] {
  return typed
    .filter((name) => !known.includes(name))
    .map((name) => {
      const near = nearestName(name, known);
      const hint = near === undefined ? '' : ` Did you mean ${prefix}${near}?`;
      return `${prefix}${name} is not a setting.${hint}`;
    });
}
