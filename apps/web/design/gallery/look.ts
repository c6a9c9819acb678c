import { useEffect, useState } from 'react';
import { applyAppearance, type TextSize, type Theme, textSizes } from '../appearance.ts';

export type Mood = 'sun' | 'shade' | 'night';
export type Language = 'en' | 'ar';

export interface Look {
  readonly theme: Theme;
  readonly mood: Mood;
  readonly language: Language;
  readonly textSize: TextSize;
}

/** What the address asks for, as `#theme=dark&mood=night&language=ar&text=125`, and what is chosen since. */
export function useLook(): readonly [Look, (change: Partial<Look>) => void] {
  const [look, setLook] = useState(() => lookOf(location.hash));
  useEffect(() => {
    const root = document.documentElement;
    applyAppearance(root, look.theme, look.textSize);
    root.lang = look.language;
    root.dir = look.language === 'ar' ? 'rtl' : 'ltr';
    root.dataset['mood'] = look.mood;
  }, [look]);
  return [look, (change) => setLook((before) => ({ ...before, ...change }))];
}

function lookOf(hash: string): Look {
  const asked = new URLSearchParams(hash.slice(1));
  return {
    theme: oneOf(['system', 'light', 'dark'], asked.get('theme')),
    mood: oneOf(['sun', 'shade', 'night'], asked.get('mood')),
    language: oneOf(['en', 'ar'], asked.get('language')),
    textSize: textSizes.find((size) => String(size) === asked.get('text')) ?? 100,
  };
}

function oneOf<Value extends string>(
  values: readonly [Value, ...Value[]],
  asked: string | null,
): Value {
  return values.find((value) => value === asked) ?? values[0];
}
