import { useRef, useState } from 'react';
import type { PostView } from '../../bridge/contract/log.ts';
import { useFormats, useTexts } from '../../language/language.tsx';
import type { LogModel } from '../../view-models/log-model.ts';
import { maxSelected, selectUpTo, toggleSelected } from '../../view-models/log-selection.ts';
import { toasts } from '../../view-models/toasts.ts';

export interface Selection {
  /** Absent: nothing is being selected. */
  readonly seqs: ReadonlySet<number> | undefined;
  readonly begin: () => void;
  readonly toggle: (seq: number, range: boolean) => void;
  readonly end: () => void;
  readonly posts: () => readonly PostView[];
}

export function useSelection(model: LogModel | undefined): Selection {
  const texts = useTexts().channel;
  const formats = useFormats();
  const [seqs, setSeqs] = useState<ReadonlySet<number>>();
  const last = useRef<number>(undefined);
  const allPosts = () => {
    const log = model?.snapshot().log;
    return log?.state === 'ready' ? log.posts : [];
  };
  return {
    seqs,
    begin: () => setSeqs(new Set()),
    toggle: (seq, range) => {
      const before = seqs ?? new Set<number>();
      const from = last.current;
      const next =
        range && from !== undefined
          ? selectUpTo(before, allPosts(), { from, to: seq })
          : toggleSelected(before, seq);
      if (next === before) {
        const text = texts.maxSelected.replace('#', formats.number(maxSelected));
        toasts.show({ text });
      }
      last.current = seq;
      setSeqs(next);
    },
    end: () => {
      last.current = undefined;
      setSeqs(undefined);
    },
    posts: () => allPosts().filter(({ seq }) => seqs?.has(seq)),
  };
}
