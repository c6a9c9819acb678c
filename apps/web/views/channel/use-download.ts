import { useEffect, useRef, useState } from 'react';
import type { AttachmentView } from '../../bridge/contract/log.ts';
import { Download, type DownloadState, idleDownload } from '../../view-models/log-download.ts';

/** A download that is saved when it is there, and stopped when the view goes away. */
export function useDownload({ url, name, mediaType }: AttachmentView) {
  const [state, setState] = useState<DownloadState>(idleDownload);
  const download = useRef<Download>(undefined);
  useEffect(() => () => download.current?.stop(), []);
  const start = () => {
    download.current ??= new Download({ url, mediaType }, (next) => {
      setState(next);
      if (next.at === 'done') saveBlob(next.blob, name);
    });
    download.current.start().catch(() => undefined);
  };
  return { state, start, stop: () => download.current?.stop() };
}

function saveBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads the address after the click has returned.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
