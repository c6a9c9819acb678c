import { sameDay } from '../../language/formats.ts';
import { useFormats, useTexts } from '../../language/language.tsx';
import { useNow } from '../../view-models/clock.ts';

const dayMs = 86_400_000;

/** `Today`, `Yesterday`, or the date. */
export function useDayText(at: number): string {
  const texts = useTexts().channel;
  const formats = useFormats();
  const now = useNow();
  if (sameDay(at, now)) return texts.today;
  return sameDay(at, now - dayMs) ? texts.yesterday : formats.day(at, now);
}
