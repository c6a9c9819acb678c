import { homedir } from 'node:os';
import { join } from 'node:path';

/** `$XDG_DATA_HOME/heliogram`, or where the system keeps such things of this user. */
export function defaultProfileDirectory(): string {
  const { XDG_DATA_HOME: data = '' } = process.env;
  return join(data.startsWith('/') ? data : join(homedir(), '.local', 'share'), 'heliogram');
}
