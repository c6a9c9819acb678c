import { posts, subscribers } from '@heliogram/content/counts-ar';
import type { directory as english } from '../en/directory.ts';

export const directory: typeof english = {
  title: 'اكتشاف القنوات',
  note: 'القنوات العامة على هذا الخادم، مرتبة حسب عدد المشتركين.',
  search: 'البحث في القنوات',
  clear: 'مسح',
  follow: 'متابعة',
  following: 'تتابعها',
  own: 'قناتك',
  admin: 'أنت مشرف',
  requested: 'تم إرسال الطلب',
  followed: 'أنت الآن تتابع %s',
  subscribers,
  posts,
  more: 'عرض المزيد من القنوات',
  empty: 'لا توجد قنوات عامة بعد',
  emptyNote: 'أنشئ أول قناة. كل ما تحتاج إليه عنوان.',
  newChannel: 'قناة جديدة',
  none: 'لا توجد قنوات تطابق «%s»',
  noneNote: 'جرب كلمة أخرى أو اسم مستخدم القناة.',
  later: 'الانتقال إلى المحادثات',

  inviteTitle: 'لديك دعوة إلى قناة',
  inviteNote: 'يمكن لأي شخص لديه هذا الرابط قراءة القناة، وكذلك لمشغل الخادم.',
  inviteApproval: 'يجب أن يوافق أحد المشرفين على طلبك.',
  inviteFollow: 'متابعة القناة',
  inviteRequest: 'طلب الانضمام',
  inviteRequested: 'تم إرسال الطلب',
  inviteRequestedNote: 'ستظهر القناة في محادثاتك بعد موافقة أحد المشرفين على طلبك.',
  inviteAccount: 'تحتاج إلى حساب لمتابعة هذه القناة. ستبقى دعوتك محفوظة.',
  inviteInvalid: 'لم يعد رابط الدعوة صالحًا',
  inviteInvalidNote:
    'تم استنفاد الرابط أو إلغاؤه، أو انتهت صلاحيته، أو أنه غير مكتمل. اطلب رابطًا جديدًا.',
};
