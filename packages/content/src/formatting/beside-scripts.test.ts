import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plainText } from '../index.ts';
import { show } from './tests/show.ts';

const url = 'https://example.com/a';
/** What may stand directly behind a URL, and in front of one. */
const behind = [
  ...[
    '，然后',
    '。',
    '、',
    '；',
    '：看',
    '！',
    '？',
    '）',
    '」',
    '』',
    '】',
    '》',
    '”',
    '’',
    '»',
    '›',
    '؟',
  ],
  ...[
    '،',
    '؛',
    '۔',
    '।',
    '។',
    '…',
    '...',
    '—then',
    '–then',
    '・',
    '·',
    '\u200f',
    '\u200e',
    '\u200b แล้ว',
    '\u2069',
  ],
  ...[
    '\u00a0b',
    '\u3000b',
    '\nnext',
    '看',
    'を見て',
    '를 보세요',
    'แล้ว',
    'ثم',
    'и',
    '🔥',
    '👨‍👩‍👧',
    '<b>',
    '"',
    '`',
    '|',
  ],
  ...[
    '.',
    ',',
    '!',
    '?',
    ';',
    ':',
    "'",
    ')',
    ').',
    '),then',
    '}',
    ']',
    '._',
    '’s',
    '“',
    '「',
    '→',
    '™',
  ],
];
const inFront = [
  ...[
    '详情见',
    'は',
    '한국어',
    'ดู',
    'و',
    'см',
    '，',
    '（',
    '「',
    '“',
    '«',
    '‹',
    '¿',
    '…',
    '—',
    '→',
    '🔥',
    '(',
    '{',
    '"',
  ],
  ...["'", '|', ':', '.', '-', '/', '\u200f', '\u2067', '\u3000', '\u200b', '_', '__x__', '<'],
];

test('CNT-23: a bare URL ends where its characters end, whatever stands behind it', () => {
  for (const text of behind) {
    assert.equal(show(`${url}${text}`), `link(${url} → ${url})${text}`, JSON.stringify(text));
  }
});

test('CNT-23: a bare URL begins at its scheme, whatever stands in front of it', () => {
  for (const text of inFront) {
    const shown = show(`${text}${url}`).replace('bold(x)', '__x__');
    assert.equal(shown, `${text}link(${url} → ${url})`, JSON.stringify(text));
  }
  for (const text of ['x', 'Z', '7', 'git+']) assert.equal(show(`${text}${url}`), `${text}${url}`);
});

test('CNT-23: hosts and paths of every script are links as a whole', () => {
  const urls = [
    'https://пример.рф/ж',
    'https://bücher.example/Köln?q=Zürich#Übersicht',
    'https://例え.テスト/東京',
    'https://mcdonalds日本.example/x',
    'https://ja.wikipedia.org/wiki/ジョン・レノン',
    'https://ja.wikipedia.org/wiki/第2次世界大戦',
    'https://ko.wikipedia.org/wiki/한국어',
    'https://ar.wikipedia.org/wiki/اللغة_العربية',
    'https://he.wikipedia.org/wiki/תל־אביב',
    'https://hi.wikipedia.org/wiki/हिन्दी',
    'https://example.com/?q=東京&lang=日本語#大阪',
    'https://example.com/Foo_(bar)',
    'https://example.com:8443/a-b/~c/d;e=f,g@h+i$j!k',
    'http://localhost',
  ];
  for (const each of urls) assert.equal(show(`${each} x`), `link(${each} → ${each}) x`);
  const persian = 'https://fa.wikipedia.org/wiki/نرم‌افزار';
  const encoded = persian.replace('\u200c', '%E2%80%8C');
  assert.equal(show(persian), `link(${persian} → ${encoded})`);
  assert.equal(show(`[${persian}](${persian})`), `link(${persian} → ${encoded})`);
});

test('CNT-23: markup around a URL is markup', () => {
  const link = `link(${url} → ${url})`;
  const shown: Record<string, string> = {
    [`_${url}_`]: `italic(${link})`,
    [`*${url}*`]: `italic(${link})`,
    [`**${url}**看`]: `bold(${link})看`,
    [`~~${url}~~，`]: `strike(${link})，`,
    [`_(${url})_`]: `italic((${link}))`,
    [`${url},${url}`]: `${link},${link}`,
    [`|${url}|`]: `|${link}|`,
  };
  for (const [text, tree] of Object.entries(shown)) assert.equal(show(text), tree);
});

test('CNT-23: an address that hides where it goes is no link', () => {
  const hidden = [
    ...['https://good.org@evil.org', 'https://a:b@evil.org', 'https://good.org\\@evil.org'],
    ...[
      'https://go\u200bod.org',
      'https://good.org/\u202egro.live',
      'https://good.org\u00ad.evil.org',
    ],
  ];
  for (const text of hidden) assert.equal(show(text), text);
});

test('CNT-24: tags and mentions stand beside any script and any mark', () => {
  const shown: Record<string, string> = {
    '#نرم‌افزار': 'tag(نرم‌افزار)',
    '今天#新闻': '今天tag(新闻)',
    'نگاه#خبر': 'نگاهtag(خبر)',
    '#新闻，#热点': 'tag(新闻)，tag(热点)',
    '#ジョン・レノン': 'tag(ジョン・レノン)',
    '#हिन्दी।': 'tag(हिन्दी)।',
    '请问@ada_writes': '请问mention(@ada_writes=ada_writes)',
    '請問@ada_writes，謝謝': '請問mention(@ada_writes=ada_writes)，謝謝',
    'و@ada_writes': 'وmention(@ada_writes=ada_writes)',
    '“@ada_writes”': '“mention(@ada_writes=ada_writes)”',
    '_@ada_writes_': 'italic(mention(@ada_writes=ada_writes))',
    '_@name_': 'italic(@name)',
    '@name_': 'mention(@name_=name_)',
    '_#tag_': 'italic(tag(tag))',
    '_see #tag_ now': 'italic(see tag(tag)) now',
    '*#tag*': 'italic(tag(tag))',
    '#hash_tag_': 'tag(hash_tag_)',
    'C#语言 é#x слово#тег a@example_org ж@example_org':
      'C#语言 é#x слово#тег a@example_org ж@example_org',
    'e\u0301#x ##x &#39; a/#x snake_#x': 'e\u0301#x ##x &#39; a/#x snake_#x',
  };
  for (const [text, tree] of Object.entries(shown)) assert.equal(show(text), tree);
});

test('CNT-25: emphasis works beside writing without spaces', () => {
  const shown: Record<string, string> = {
    '**注意：**正文': 'bold(注意：)正文',
    '他说**「重点」**的': '他说bold(「重点」)的',
    '他说**“重点”**的': '他说bold(“重点”)的',
    '他说*“重点”*的': '他说italic(“重点”)的',
    '**이름(예)**은': 'bold(이름(예))은',
    '**`npm publish`**를': 'bold(code(npm publish))를',
    '**この文。**次': 'bold(この文。)次',
    '~~旧（价）~~新': 'strike(旧（价）)新',
    '**"ข้อความ"**ครับ': 'bold("ข้อความ")ครับ',
    '**葛\u{e0100}**(a)': 'bold(葛\u{e0100})(a)',
    '**ab!**cd': '**ab!**cd',
    'snake_case_name 2 * 3 * 4': 'snake_case_name 2 * 3 * 4',
  };
  for (const [text, tree] of Object.entries(shown)) assert.equal(show(text), tree);
});

test('CNT-13: only two tildes strike', () => {
  for (const text of ['大约3~5天，价格100~200元', '10~20, 30~40', '~a~', '~~~a~~~', 'a~~~~b']) {
    assert.equal(show(text), text);
    assert.equal(plainText(text), text);
  }
  assert.equal(show('~~a~b~~'), 'strike(a~b)');
});
