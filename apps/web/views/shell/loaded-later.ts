import { useEffect, useState } from 'react';

/** A part of the app in a file of its own. */
export interface LoadedLater<Part> {
  readonly load: () => Promise<Part>;
  /** Undefined until it is there. */
  readonly current: () => Part | undefined;
}

/** Loads once; after a failure again, for whoever asks then. */
export function loadedLater<Part>(load: () => Promise<Part>): LoadedLater<Part> {
  let part: Part | undefined;
  let loading: Promise<Part> | undefined;
  const begin = async (): Promise<Part> => {
    try {
      part = await load();
      return part;
    } catch (error) {
      loading = undefined;
      throw error;
    }
  };
  return {
    load: () => {
      loading ??= begin();
      return loading;
    },
    current: () => part,
  };
}

/**
 * Undefined until the part is there, and never again after that. React's `lazy` draws what was loaded long ago
 * a beat later, and up to 300 ms after whatever stood in its place. Throws what kept the part away.
 */
export function useLoaded<Part>(later: LoadedLater<Part>): Part | undefined {
  const [state, setState] = useState<Loaded<Part>>(() => ({ part: later.current() }));
  useEffect(() => {
    let wanted = true;
    const show = (loaded: Loaded<Part>) => {
      if (wanted) setState((before) => (before.part ? before : loaded));
    };
    later.load().then(
      (part) => show({ part }),
      (error: unknown) => show({ part: undefined, error }),
    );
    return () => {
      wanted = false;
    };
  }, [later]);
  if ('error' in state) throw state.error;
  return state.part;
}

interface Loaded<Part> {
  readonly part: Part | undefined;
  readonly error?: unknown;
}
