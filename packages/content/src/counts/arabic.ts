import type { PluralForms } from './plural-forms.ts';

/** Counts that the app and the public pages show alike, in Arabic. */
export const subscribers: PluralForms = {
  zero: 'لا مشتركين',
  one: 'مشترك واحد',
  two: 'مشتركان',
  few: '# مشتركين',
  many: '# مشتركًا',
  other: '# مشترك',
};
export const posts: PluralForms = {
  zero: 'لا منشورات',
  one: 'منشور واحد',
  two: 'منشوران',
  few: '# منشورات',
  many: '# منشورًا',
  other: '# منشور',
};
export const views: PluralForms = {
  zero: 'لا مشاهدات',
  one: 'مشاهدة واحدة',
  two: 'مشاهدتان',
  few: '# مشاهدات',
  many: '# مشاهدة',
  other: '# مشاهدة',
};
