/** What a push shows: that there is something new, in the app's language. Nothing else is known here. */
type Notice = {
  readonly title: string;
  readonly body: string;
  readonly direction: 'ltr' | 'rtl';
};

const notices: Readonly<Record<string, Notice>> = {
  en: { title: 'Heliogram', body: 'New posts', direction: 'ltr' },
  ar: { title: 'Heliogram', body: 'منشورات جديدة', direction: 'rtl' },
};

/** The wish first, then what the browser asks for, then English. */
export function noticeFor(languages: readonly string[]): Notice & { readonly language: string } {
  const bases = languages.map((code) => code.toLowerCase().split('-')[0] ?? '');
  const language = bases.find((base) => Object.hasOwn(notices, base)) ?? 'en';
  const { title, body, direction } = notices[language] ?? { title: '', body: '', direction: 'ltr' };
  return { title, body, direction, language };
}
