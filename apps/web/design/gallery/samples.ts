import type { Language } from './look.ts';

interface Row {
  readonly id: string;
  readonly title: string;
  readonly by?: string;
  readonly preview: string;
  readonly time: string;
  readonly unread?: string;
}

export interface Samples {
  readonly channels: readonly Row[];
  readonly people: readonly Row[];
  readonly secrets: readonly Row[];
  readonly moods: readonly [string, string, string];
  readonly headline: string;
  readonly byline: string;
  readonly story: string;
  readonly message: string;
  readonly answer: string;
  readonly whisper: string;
  readonly unread: (count: string) => string;
  readonly close: string;
}

const english: Samples = {
  channels: [
    {
      id: 'c1',
      title: 'Harbour Weather',
      preview: 'Wind from the north-west, 18 knots by noon; small craft stay in.',
      time: '14:02',
      unread: '3',
    },
    {
      id: 'c2',
      title: 'City Library',
      by: 'Noor',
      preview: 'The reading room is open until midnight during the exams.',
      time: '13:40',
      unread: '12',
    },
    {
      id: 'c3',
      title: 'The Slow Gazette',
      preview: 'Twelve photographs of one street, one a month.',
      time: 'Tue',
      unread: '1.2K',
    },
    {
      id: 'c4',
      title: 'Observatory',
      by: 'Draft',
      preview: 'Tonight Saturn stands two fingers left of the Moon',
      time: 'Mon',
    },
  ],
  people: [
    {
      id: 'p1',
      title: 'Amal Haddad',
      preview: 'I will bring the lamp and the long cable.',
      time: '14:10',
      unread: '2',
    },
    { id: 'p2', title: 'Jonas', by: 'You', preview: 'See you at the bridge, then.', time: '12:31' },
  ],
  secrets: [
    { id: 's1', title: 'Night watch', preview: 'Gone in an hour.', time: '23:58', unread: '1' },
    { id: 's2', title: 'Mira', by: 'You', preview: 'Read, then forgotten.', time: '22:15' },
  ],
  moods: ['Public: sunlight', 'Private: shade', 'Secret: night'],
  headline: 'Saturn beside the Moon',
  byline: 'Observatory · 1,240 readers',
  story:
    'Tonight, half an hour after sunset, look low in the south-east. The steady yellow point two fingers to the left of the Moon is Saturn. A small telescope shows the ring; a pair of binoculars shows that it is not a star.',
  message: 'Shall we meet at the bridge at six?',
  answer: 'Yes. I will bring the lamp.',
  whisper: 'This message is gone an hour after you read it.',
  unread: (count) => `${count} unread posts`,
  close: 'Close',
};

const arabic: Samples = {
  channels: [
    {
      id: 'c1',
      title: 'طقس الميناء',
      preview: 'رياح شمالية غربية بسرعة ١٨ عقدة عند الظهر، ولتبق القوارب الصغيرة في المرسى.',
      time: '١٤:٠٢',
      unread: '٣',
    },
    {
      id: 'c2',
      title: 'مكتبة المدينة',
      by: 'نور',
      preview: 'قاعة القراءة مفتوحة حتى منتصف الليل طوال أيام الامتحانات.',
      time: '١٣:٤٠',
      unread: '١٢',
    },
    {
      id: 'c3',
      title: 'الجريدة المتأنية',
      preview: 'اثنتا عشرة صورة لشارع واحد، صورة كل شهر.',
      time: 'الثلاثاء',
      unread: '١٫٢ ألف',
    },
    {
      id: 'c4',
      title: 'المرصد',
      by: 'مسودة',
      preview: 'الليلة يقف زحل على بعد إصبعين من القمر',
      time: 'الاثنين',
    },
  ],
  people: [
    {
      id: 'p1',
      title: 'أمل حداد',
      preview: 'سأحضر المصباح والسلك الطويل.',
      time: '١٤:١٠',
      unread: '٢',
    },
    { id: 'p2', title: 'يونس', by: 'أنت', preview: 'نلتقي عند الجسر إذن.', time: '١٢:٣١' },
  ],
  secrets: [
    { id: 's1', title: 'حراسة الليل', preview: 'تختفي بعد ساعة.', time: '٢٣:٥٨', unread: '١' },
    { id: 's2', title: 'ميرا', by: 'أنت', preview: 'قُرئت ثم نُسيت.', time: '٢٢:١٥' },
  ],
  moods: ['عام: ضوء الشمس', 'خاص: الظل', 'سري: الليل'],
  headline: 'زحل إلى جانب القمر',
  byline: 'المرصد · ١٬٢٤٠ قارئًا',
  story:
    'الليلة، بعد نصف ساعة من الغروب، انظر منخفضًا نحو الجنوب الشرقي. النقطة الصفراء الثابتة على بعد إصبعين من القمر هي زحل. يُظهر منظار صغير الحلقة، ويكفي منظار اليد ليُرى أنه ليس نجمًا.',
  message: 'هل نلتقي عند الجسر في السادسة؟',
  answer: 'نعم، وسأحضر المصباح.',
  whisper: 'تختفي هذه الرسالة بعد ساعة من قراءتها.',
  unread: (count) => `${count} منشورات غير مقروءة`,
  close: 'إغلاق',
};

export const samples: Readonly<Record<Language, Samples>> = { en: english, ar: arabic };
