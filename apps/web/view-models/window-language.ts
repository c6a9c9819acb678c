import { useEffect, useState } from 'react';
import { type Language, loadLanguage } from '../language/languages.ts';
import { applyLanguage, languageOf, usePreferences } from './preferences.ts';

/** The language that was chosen, once its texts are here; the one before until then. */
export function useWindowLanguage(first: Language): Language {
  const [language, setLanguage] = useState(first);
  const wanted = languageOf(usePreferences());
  useEffect(() => {
    let current = true;
    loadLanguage(wanted).then(
      (loaded) => {
        if (!current) return;
        applyLanguage(document.documentElement, loaded);
        setLanguage(loaded);
      },
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [wanted]);
  return language;
}
