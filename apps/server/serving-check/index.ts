import { accessSync, constants, statSync } from 'node:fs';
import type { ServerConfig } from '../config/config.ts';
import type { EffectiveSetting } from '../config/load-config.ts';
import { answersOperator } from '../moderation/index.ts';
import type { DataDirectory } from '../storage/data-directory.ts';
import { appProblem } from '../web-app/index.ts';
import { addressProblem } from './address.ts';

/**
 * Why this machine could not serve with these settings: whole sentences, empty when it could. Listens for
 * a moment where the server would, and changes nothing else.
 */
export async function servingProblems(checked: {
  readonly config: ServerConfig;
  readonly effective: readonly EffectiveSetting[];
  readonly paths: Omit<DataDirectory, 'release'>;
  readonly databaseProblem: (path: string) => string | undefined;
}): Promise<readonly string[]> {
  const { config, databaseProblem, effective, paths } = checked;
  const { databaseFile, mediaDirectory, operatorSocket } = paths;
  const given = effective.some(({ name, source }) => name === 'webApp' && source !== 'default');
  // The server that runs on this directory has the port.
  const serves = await answersOperator(operatorSocket);
  const problems = [
    databaseProblem(databaseFile),
    mediaProblem(mediaDirectory),
    appProblem(config.webAppDirectory, { mustBeBuilt: given }),
    serves ? undefined : await addressProblem(config.host, config.port),
  ];
  return problems.filter((problem) => problem !== undefined);
}

function mediaProblem(path: string): string | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return undefined;
  if (!stats.isDirectory()) return `${path} is not a directory.`;
  try {
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
    return undefined;
  } catch {
    return `${path} cannot be written: permission denied.`;
  }
}
