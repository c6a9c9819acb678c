/** What this browser keeps for the window itself, written at once: no keys, and of content what is under way. */
export interface Kept {
  get(key: string): string | undefined;
  set(key: string, value: string | undefined): void;
}

export interface KeptList extends Kept {
  /** Those that begin with `start`. */
  keys(start: string): readonly string[];
}

const prefix = 'heliogram.';

/** Browsers that refuse storage, as some do in private windows, forget when the tab closes. */
export function keptIn(find: () => Storage): KeptList {
  const fallback = new Map<string, string>();
  const storage = () => {
    try {
      return find();
    } catch {
      return undefined;
    }
  };
  return {
    get: (key) => storage()?.getItem(prefix + key) ?? fallback.get(key),
    set: (key, value) => {
      if (value === undefined) fallback.delete(key);
      else fallback.set(key, value);
      writeTo(storage(), prefix + key, value);
    },
    keys: (start) => {
      const stored = keysOf(storage()).filter((key) => key.startsWith(prefix));
      const all = new Set([...stored.map((key) => key.slice(prefix.length)), ...fallback.keys()]);
      return [...all].filter((key) => key.startsWith(start));
    },
  };
}

function writeTo(storage: Storage | undefined, key: string, value: string | undefined): void {
  try {
    if (value === undefined) storage?.removeItem(key);
    else storage?.setItem(key, value);
  } catch {
    // Full or refused: the fallback has it.
  }
}

function keysOf(storage: Storage | undefined): readonly string[] {
  return Array.from({ length: storage?.length ?? 0 }, (_, i) => storage?.key(i) ?? '');
}

/** Beyond this tab. */
export const keptHere: KeptList = keptIn(() => localStorage);
/** As long as this tab, reloads included. */
export const keptInTab: Kept = keptIn(() => sessionStorage);
