import { useMemo, useSyncExternalStore } from 'react';
import type { AttachmentView } from '../bridge/contract/log.ts';
import { useApp } from './app.tsx';

/** How far the download of a file is in this window, whoever began it and wherever. */
export function useDownload(attachment: AttachmentView) {
  const { downloads } = useApp();
  const { url } = attachment;
  const subscribe = useMemo(
    () => (changed: () => void) => downloads.subscribe(url, changed),
    [downloads, url],
  );
  return {
    state: useSyncExternalStore(subscribe, () => downloads.state(url)),
    start: () => downloads.start(attachment),
    stop: () => downloads.stop(url),
  };
}
