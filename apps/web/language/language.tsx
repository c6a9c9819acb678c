import { createContext, type ReactNode, use } from 'react';
import type { Formats } from './formats.ts';
import type { Language, Texts } from './languages.ts';

export type { Texts } from './languages.ts';

const LanguageContext = createContext<Language | null>(null);

export function LanguageProvider(props: {
  readonly language: Language;
  readonly children: ReactNode;
}) {
  return <LanguageContext value={props.language}>{props.children}</LanguageContext>;
}

export function useLanguage(): Language {
  const language = use(LanguageContext);
  if (!language) throw new Error('a view stands outside of LanguageProvider');
  return language;
}

/** The texts of one screen: `useTexts().chatList.title`. */
export function useTexts(): Texts {
  return useLanguage().texts;
}

export function useFormats(): Formats {
  return useLanguage().formats;
}
