import type { viewer as english } from '../en/viewer.ts';

export const viewer: typeof english = {
  label: 'عارض الوسائط',
  close: 'إغلاق',
  previous: 'السابق',
  next: 'التالي',
  zoomIn: 'تكبير',
  zoomOut: 'تصغير',
  download: 'تنزيل',
  showPost: 'عرض في القناة',
  position: '# من %s',
  failed: 'تعذر تحميل هذا الملف.',
};
