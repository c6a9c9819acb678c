import { useEffect, useRef } from 'react';
import { fill } from '../../language/fill.ts';
import { useFormats, useTexts } from '../../language/language.tsx';
import { announce } from '../../view-models/announcer.ts';
import type { LogSnapshot } from '../../view-models/log-model.ts';

/** Words come once in a while: fifty posts a second are one announcement. */
const gatherMs = 1_500;
const spokenLength = 140;

/** Tells listeners, when they are not being told something else, what arrived while they read. */
export function useArrivals({ arrived }: LogSnapshot): void {
  const texts = useTexts().channel;
  const formats = useFormats();
  const gathered = useRef({ count: 0, text: '', timer: 0 });
  // biome-ignore lint/correctness/useExhaustiveDependencies: told once for what arrived, in whatever language.
  useEffect(() => {
    if (arrived.length === 0) return;
    const held = gathered.current;
    held.count += arrived.length;
    held.text = arrived.at(-1)?.text.slice(0, spokenLength) || texts.arrivedMedia;
    if (held.timer !== 0) return;
    held.timer = window.setTimeout(() => {
      const many = formats.plural(held.count, texts.arrived);
      announce(held.count === 1 ? fill(texts.arrivedFrom, held.text) : many);
      gathered.current = { count: 0, text: '', timer: 0 };
    }, gatherMs);
  }, [arrived]);
  useEffect(() => () => clearTimeout(gathered.current.timer), []);
}
