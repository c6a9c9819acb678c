import { accessSync, constants, statSync } from 'node:fs';
import type { ServerConfig } from '../config/config.ts';
import type { EffectiveSetting } from '../config/load-config.ts';
import { answersOperator } from '../moderation/index.ts';
import { dataPaths } from '../storage/data-directory.ts';
import { databaseProblem } from '../storage/sqlite/index.ts';
import { appProblem } from '../web-app/index.ts';
import { addressProblem } from './address.ts';

/**
 * Why this machine could not serve with these settings: whole sentences, empty when it could. Listens for
 * a moment where the server would, and changes nothing else.
 */
export async function servingProblems(
  config: ServerConfig,
  effective: readonly EffectiveSetting[],
): Promise<readonly string[]> {
  const { databaseFile, mediaDirectory, operatorSocket } = dataPaths(config.dataDirectory);
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
  if (!stats.isDirectory()) return `${path} is no directory.`;
  try {
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
    return undefined;
  } catch {
    return `${path} is not writable for this user.`;
  }
}
