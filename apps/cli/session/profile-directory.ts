import { homedir } from 'node:os';
import { join } from 'node:path';
import { environment } from '../environment.ts';

/** `$HELIOGRAM_PROFILE`, or `$XDG_DATA_HOME/heliogram`, or `~/.local/share/heliogram`. */
export function defaultProfileDirectory(): string {
  const { HELIOGRAM_PROFILE: profile = '', XDG_DATA_HOME: data = '' } = environment;
  if (profile !== '') return profile;
  return join(data.startsWith('/') ? data : join(homedir(), '.local', 'share'), 'heliogram');
}
