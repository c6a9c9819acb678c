import type { PluralForms } from './plural-forms.ts';

/** Counts that the app and the public pages show alike, in English. */
export const subscribers: PluralForms = { one: '# subscriber', other: '# subscribers' };
export const posts: PluralForms = { one: '# post', other: '# posts' };
export const views: PluralForms = { one: '# view', other: '# views' };
