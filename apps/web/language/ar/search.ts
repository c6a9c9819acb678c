import type { search as english } from '../en/search.ts';

export const search: typeof english = {
  title: 'بحث',
  label: 'ابحث في المحادثات والقنوات والأشخاص والمنشورات',
  close: 'أغلق البحث',
  recent: 'عمليات بحث سابقة',
  forget: 'انسها',
  hint: 'كلمات من المنشورات، أو عناوين القنوات، أو ‎@اسم المستخدم.',
  chats: 'محادثاتك',
  channels: 'قنوات',
  people: 'أشخاص',
  posts: 'منشورات',
  nothing: 'لا نتائج عن «%s»',
  nothingNote: 'جرّب كلمات أقل، أو بداية كلمة.',
  more: 'اعرض منشورات أخرى',
  offline: 'جرى البحث في هذا الجهاز فقط: لا يوجد اتصال.',
  found: {
    zero: 'لا نتائج',
    one: 'نتيجة واحدة',
    two: 'نتيجتان',
    few: '# نتائج',
    many: '# نتيجة',
    other: '# نتيجة',
  },
  subscribers: {
    zero: 'لا مشتركين',
    one: 'مشترك واحد',
    two: 'مشتركان',
    few: '# مشتركين',
    many: '# مشتركًا',
    other: '# مشترك',
  },
};
