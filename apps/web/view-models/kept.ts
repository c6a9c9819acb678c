/** What this browser keeps for the window itself: no content, no keys. */
export interface Kept {
  get(key: string): string | undefined;
  set(key: string, value: string | undefined): void;
}

const prefix = 'heliogram.';

/** Browsers that refuse storage, as some do in private windows, forget when the tab closes. */
export function keptIn(find: () => Storage): Kept {
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

/** Beyond this tab. */
export const keptHere: Kept = keptIn(() => localStorage);
/** As long as this tab, reloads included. */
export const keptInTab: Kept = keptIn(() => sessionStorage);
