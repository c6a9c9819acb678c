import { useEffect } from 'react';

/** A file let go where nothing takes it stays outside: a browser would leave the app and open it. */
export function useStrayDrops(): void {
  useEffect(() => {
    const listening = new AbortController();
    const refuse = (event: DragEvent) => {
      if (event.defaultPrevented || !event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'none';
    };
    addEventListener('dragover', refuse, { signal: listening.signal });
    addEventListener('drop', refuse, { signal: listening.signal });
    return () => listening.abort();
  }, []);
}
