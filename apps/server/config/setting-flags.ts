import type { Setting } from './setting.ts';
import { settings } from './settings.ts';

/** Every flag of `heliogram serve`, without the dashes, in the order of the documentation. */
export function settingFlags(): readonly {
  readonly name: string;
  readonly summary: string;
  readonly repeated: boolean;
}[] {
  return Object.values<Setting<unknown>>(settings).map(({ flag, sentence, reader }) => ({
    name: flag,
    summary: sentence,
    repeated: reader.list === true,
  }));
}
