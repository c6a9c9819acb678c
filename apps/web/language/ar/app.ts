import type { app as english } from '../en/app.ts';

export const app: typeof english = {
  name: 'هيليوغرام',
  close: 'إغلاق',
  cancel: 'إلغاء',
  save: 'حفظ',
  done: 'تم',
  back: 'رجوع',
  retry: 'أعد المحاولة',
  undo: 'تراجع',
  more: 'المزيد',
  loading: 'جارٍ التحميل…',
  offline: 'لا يوجد اتصال. ما قرأته سابقًا موجود هنا، وما تنشره سيُرسل لاحقًا.',
  connecting: 'جارٍ الاتصال…',
};
