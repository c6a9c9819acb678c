import { subscribers } from '@heliogram/content/counts-ar';
import type { search as english } from '../en/search.ts';

export const search: typeof english = {
  title: 'بحث',
  label: 'البحث في المحادثات والقنوات والأشخاص والمنشورات',
  close: 'إغلاق البحث',
  recent: 'عمليات البحث الأخيرة',
  forget: 'مسح',
  hint: 'ابحث عن كلمات في المنشورات أو عناوين القنوات أو اسم مستخدم.',
  chats: 'محادثاتك',
  channels: 'القنوات',
  people: 'الأشخاص',
  posts: 'المنشورات',
  nothing: 'لا توجد نتائج عن «%s»',
  nothingNote: 'جرب كلمات أقل أو بداية كلمة.',
  more: 'عرض المزيد من المنشورات',
  offline: 'لا يوجد اتصال. تم البحث في المنشورات المحفوظة فقط.',
  found: {
    zero: 'لا توجد نتائج',
    one: 'نتيجة واحدة',
    two: 'نتيجتان',
    few: '# نتائج',
    many: '# نتيجة',
    other: '# نتيجة',
  },
  subscribers,
};
