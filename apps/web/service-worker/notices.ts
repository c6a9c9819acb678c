/** The notification for a push, in the app's language. A push says only that there are new posts. */
type Notice = {
  readonly title: string;
  readonly body: string;
  readonly direction: 'ltr' | 'rtl';
};

const notices: Readonly<Record<string, Notice>> = {
  en: { title: 'Heliogram', body: 'New posts', direction: 'ltr' },
  ar: { title: 'هيليوغرام', body: 'منشورات جديدة', direction: 'rtl' },
};

/** The first of `languages` that we have, otherwise English. */
export function noticeFor(languages: readonly string[]): Notice & { readonly language: string } {
  const bases = languages.map((code) => code.toLowerCase().split('-')[0] ?? '');
  const language = bases.find((base) => Object.hasOwn(notices, base)) ?? 'en';
  const { title, body, direction } = notices[language] ?? { title: '', body: '', direction: 'ltr' };
  return { title, body, direction, language };
}
