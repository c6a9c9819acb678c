import { UsageError } from '@heliogram/protocol';
import type { Arguments } from '../arguments/arguments.ts';
import { globalFlags } from '../arguments/command.ts';
import { loadServer } from './serve-module.ts';

/** What the flags say of the server's settings, by name. */
export function settingsIn(args: Arguments): Readonly<Record<string, readonly string[]>> {
  return args.valuesExcept(globalFlags.map(({ name }) => name));
}

/** The server's settings, from flags, environment, file and defaults. Throws `usage` with all problems. */
export async function serverConfig(flags: Readonly<Record<string, readonly string[]>>) {
  const { loadConfig } = await loadServer();
  const loaded = loadConfig({ flags });
  if (loaded.kind === 'invalid') throw new UsageError(loaded.problems.join(' '));
  return loaded.config;
}

/** The data directory that --data names, or else that the server itself would use. */
export async function dataDirectory(args: Arguments): Promise<string> {
  const given = args.value('data');
  const config = await serverConfig(given === undefined ? {} : { data: [given] });
  return config.dataDirectory;
}
