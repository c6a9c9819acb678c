import type { app as english } from '../en/app.ts';

export const app: typeof english = {
  name: 'هيليوغرام',
  close: 'إغلاق',
  cancel: 'إلغاء',
  save: 'حفظ',
  done: 'تم',
  back: 'رجوع',
  retry: 'إعادة المحاولة',
  undo: 'تراجع',
  more: 'المزيد',
  loading: 'جارٍ التحميل…',
  offline: 'لا يوجد اتصال. يمكنك قراءة المنشورات المحفوظة، وسيتم إرسال منشوراتك عند عودة الاتصال.',
  connecting: 'جارٍ الاتصال…',
};
