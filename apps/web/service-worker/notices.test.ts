import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noticeFor } from './notices.ts';

test('APP-9: a notice says that there is something new, in the language of the app', () => {
  const table: [readonly string[], string, string][] = [
    [['ar', 'en-US'], 'ar', 'rtl'],
    [['', 'ar-EG', 'en'], 'ar', 'rtl'],
    [['', 'fr-FR', 'ar'], 'ar', 'rtl'],
    [['', 'fr-FR'], 'en', 'ltr'],
    [['en', 'ar'], 'en', 'ltr'],
    [['constructor', '__proto__'], 'en', 'ltr'],
    [[], 'en', 'ltr'],
  ];
  for (const [wished, language, direction] of table) {
    const notice = noticeFor(wished);
    assert.deepEqual([notice.language, notice.direction], [language, direction], wished.join());
    assert.equal(notice.title, language === 'ar' ? 'هيليوغرام' : 'Heliogram');
    assert.ok(notice.body.length > 5);
  }
});
