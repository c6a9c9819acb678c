import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  type Block,
  escapeMarkdown,
  type Inline,
  parseMarkdown,
  plainText,
  withLineFeeds,
  withoutControls,
} from '../index.ts';
import { show } from './tests/show.ts';

const account = 'ab'.repeat(32);

const refusedUrls = [
  ...['javascript:alert(1)', 'JaVaScRiPt:x', 'data:text/html,x', 'vbscript:x', 'file:///etc'],
  ...['//e.org', '/x', 'e.org', 'https:e.org', 'https://', 'https:///x', 'ftp://e.org', ''],
  ...['https://u@e.org', 'https://e.org\\@f.org', 'https://[e]/', 'https://e\u200b.org'],
  ...['https://e.org/\u202egro.live', 'https://e.org/\u0007x'],
  ...['mailto:a@e.org?cc=b@e.org', 'mailto:a'],
];

const cases: Record<string, readonly (readonly [string, string])[]> = {
  styles: [
    ['**a** __b__ *c* _d_ ~~e~~', 'bold(a) bold(b) italic(c) italic(d) strike(e)'],
    ['***a***', 'italic(bold(a))'],
    ['**a *b* c**', 'bold(a italic(b) c)'],
    ['*a **b** c*', 'italic(a bold(b) c)'],
    ['__*VPN GOING DOWN*__ now', 'bold(italic(VPN GOING DOWN)) now'],
    ["Right on! _Congratulations_ 'all!", "Right on! italic(Congratulations) 'all!"],
    ['*a **b c_ d** e* _f_', 'italic(a bold(b c_ d) e) italic(f)'],
    ['*a\nb*', 'italic(a\nb)'],
    ['*a\n\nb*', '*a\n\nb*'],
    ['*a _b* c_', 'italic(a _b) c_'],
    ['**a*', '*italic(a)'],
    ['*😀*', 'italic(😀)'],
  ],
  'what is not a style': [
    ['snake_case_name and 2 * 3 * 4', 'snake_case_name and 2 * 3 * 4'],
    ['<patifa> a_b [y]', '<patifa> a_b [y]'],
    ['* item\n- item\n# head', '* item\n- item\n# head'],
    ['** a **', '** a **'],
    ['~~~a~~~ ~a~ ~~a~', '~~~a~~~ ~a~ ~~a~'],
    ['¯\\_(ツ)_/¯', '¯_(ツ)_/¯'],
    ['<b>a</b> &lt;', '<b>a</b> &lt;'],
    ['\\*a\\* \\a', '*a* \\a'],
  ],
  code: [
    ['`*a*` ``b`c`` ` `` `', 'code(*a*) code(b`c) code(``)'],
    ['`a', '`a'],
    ['``a`', '``a`'],
    ['*a `b* c`', '*a code(b* c)'],
    ['\\`a`', '`a`'],
    ['```ts\nlet *a*;\n\n```\nb', 'pre[ts](let *a*;\n) | b'],
    ['a\n```\n```', 'a | pre[]()'],
    ['````\n```\n````', 'pre[](```)'],
    ['```\nnever closed', '```\nnever closed'],
    ['``` x ```', 'code(x)'],
  ],
  quotes: [
    ['> *a*\n> b\nc', 'quote(italic(a)\nb) | c'],
    ['>', 'quote()'],
    ['>_< >:( and\n>no', '>_< >:( and\n>no'],
    ['> *a\n> b*', 'quote(*a\nb*)'],
  ],
  links: [
    ['[a](https://e.org/x)', 'link(a → https://e.org/x !)'],
    ['[e.org/x](https://e.org/x)', 'link(e.org/x → https://e.org/x)'],
    ['[https://e.org](HTTPS://e.org/)', 'link(https://e.org → https://e.org/)'],
    ['[https://e.org](http://e.org)', 'link(https://e.org → http://e.org !)'],
    ['[https://good.org](https://evil.org)', 'link(https://good.org → https://evil.org !)'],
    ['[**a** `b`](<http://e.org>)', 'link(bold(a) code(b) → http://e.org !)'],
    ['[a](https://e.org/(b))c', 'link(a → https://e.org/(b) !)c'],
    ['*[a*](https://e.org)', '*link(a* → https://e.org !)'],
    [
      '[a [b](https://e.org) c](https://f.org)',
      '[a link(b → https://e.org !) c](link(https://f.org → https://f.org))',
    ],
    ['[@abcde #tag](https://e.org)', 'link(@abcde #tag → https://e.org !)'],
    ['[mail](mailto:a@e.org)', 'link(mail → mailto:a@e.org !)'],
    ['[a@e.org](mailto:a@e.org)', 'link(a@e.org → mailto:a@e.org)'],
  ],
  'what must not be a link': [
    ...refusedUrls.map((url) => [`[a](${url})`, `[a](${url})`] as const),
    ['[a](https://e..org)', '[a](link(https://e → https://e)..org)'],
    ['[a](https://e.org:port)', '[a](link(https://e.org → https://e.org):port)'],
    ['[a](https://e.org/\u0007)', '[a](link(https://e.org/ → https://e.org/)\u0007)'],
    ['[\u200b](https://e.org)', '[\u200b](link(https://e.org → https://e.org))'],
    ['[a](https://e.org/"x)', '[a](link(https://e.org/ → https://e.org/)"x)'],
    ['[a](https://e .org)', '[a](link(https://e → https://e) .org)'],
    ['[](https://e.org)', '[](link(https://e.org → https://e.org))'],
    ['[a] (https://e.org)', '[a] (link(https://e.org → https://e.org))'],
  ],
  'bare URLs': [
    ['see https://e.org/a?b=c#d.', 'see link(https://e.org/a?b=c#d → https://e.org/a?b=c#d).'],
    ['(http://e.org/a_(b))', '(link(http://e.org/a_(b) → http://e.org/a_(b)))'],
    ['**https://e.org**', 'bold(link(https://e.org → https://e.org))'],
    ['<https://e.org>', '<link(https://e.org → https://e.org)>'],
    ['https://e.org/*a*', 'link(https://e.org/*a → https://e.org/*a)*'],
    ['xhttps://e.org https:// http://@e.org', 'xhttps://e.org https:// http://@e.org'],
    ['https://пример.рф/ж', 'link(https://пример.рф/ж → https://пример.рф/ж)'],
  ],
  mentions: [
    ['@Alice_1, hi', 'mention(@Alice_1=alice_1), hi'],
    ['a@alice_1 @@alice_1 @abcd @alice_1@e.org', 'a@alice_1 @@alice_1 @abcd @alice_1@e.org'],
    [
      `@${'a'.repeat(32)} @${'a'.repeat(33)}`,
      `mention(@${'a'.repeat(32)}=${'a'.repeat(32)}) @${'a'.repeat(33)}`,
    ],
    [`[Al](mimi:///u/${account})`, `mention(Al=${account})`],
    ['[Al](mimi://e.org/u/al)', '[Al](mimi://e.org/u/al)'],
  ],
  hashtags: [
    ['#News #ÄÖ_1 #2026 a#b ##c', 'tag(news) tag(äö_1) #2026 a#b ##c'],
    [`#${'a'.repeat(65)}`, `#${'a'.repeat(65)}`],
  ],
};

for (const [name, pairs] of Object.entries(cases)) {
  test(`CNT-13: ${name}`, () => {
    for (const [markdown, tree] of pairs) assert.equal(show(markdown), tree, markdown);
  });
}

// Much markup in little text, so that it meets and nests.
const markup = fc
  .array(
    fc.constantFrom(
      ...[
        '*',
        '**',
        '_',
        '__',
        '~~',
        '`',
        '```',
        '\n',
        '\n\n',
        '> ',
        '[',
        ']',
        '(',
        ')',
        '](',
        ' ',
      ],
      ...['\\', '@abcde', '#tag', 'https://e.org', '](https://e.org)', 'a', 'é', '😀', '<', '\r\n'],
      ...['](javascript:x)', `](mimi:///u/${account})`, '\ud800', '"', '.', '\u202e', '\u0000'],
    ),
    { maxLength: 40 },
  )
  .map((pieces) => pieces.join(''));
const anyText = fc.oneof(markup, fc.string({ unit: 'binary', maxLength: 80 }));

test('CNT-16: every text has a tree that covers it in order and loses nothing', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const { blocks, source } = parseMarkdown(text);
      assert.equal(source, withLineFeeds(text));
      let at = 0;
      for (const block of blocks) {
        assert.equal(block.start, at);
        at = block.end + 1;
        if (block.type === 'pre')
          assert.ok(source.slice(block.start, block.end).includes(block.text));
        else checkCover(source, block, block.type === 'quote' ? /^(?: {0,3}> ?)?\\?$/ : /^\\?$/);
      }
      assert.equal(at, source.length + 1);
    }),
    { numRuns: 3_000 },
  );
});

/** Children stand in order, and what no child covers is markup. */
function checkCover(source: string, parent: Block | Inline, gap: RegExp): void {
  assert.ok('children' in parent);
  let at = parent.start;
  for (const [i, child] of parent.children.entries()) {
    const isFirst = i === 0 && !/quote|paragraph/.test(parent.type);
    if (!isFirst) assert.match(source.slice(at, child.start), gap);
    if (child.type === 'text') assert.equal(child.text, source.slice(child.start, child.end));
    if ('children' in child) checkCover(source, child, /^\\?$/);
    assert.ok(child.start >= at && child.end > child.start);
    at = child.end;
  }
  assert.ok(at <= parent.end);
}

test('CNT-15: escaped text is shown as it is', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const escaped = escapeMarkdown(text);
      assert.equal(plainText(escaped), withoutControls(withLineFeeds(text)));
      for (const block of parseMarkdown(escaped).blocks) {
        assert.equal(block.type, 'paragraph');
        assert.ok('children' in block && block.children.every((node) => node.type === 'text'));
      }
    }),
    { numRuns: 3_000 },
  );
});

test('CNT-15: plain text says where a link goes and cannot steer a terminal', () => {
  const text =
    '**Go** [here](https://e.org/x), https://f.org\n> q\n```sh\nls *\n```\n\u001b[2J\u009b1mx\tx';
  const expected = 'Go here (https://e.org/x), https://f.org\n> q\nls *\n[2J1mx\tx';
  assert.equal(plainText(text), expected);
});

test('CNT-14: every link of any text goes to http, https or mail and says where', () => {
  let links = 0;
  fc.assert(
    fc.property(anyText, (source) => {
      for (const link of linksOf(parseMarkdown(source).blocks)) {
        links++;
        assert.match(link.href, /^(?:https?:\/\/[^\s\\"<>]+|mailto:[^\s?"<>]+)$/);
        if (URL.canParse(link.href)) assertGoesTo(new URL(link.href), link.destination);
        assert.doesNotMatch(link.href, /[\p{Cc}\u200b-\u200f\u202a-\u202e\u2060-\u206f]/u);
        assert.equal(linksOf(link.children).length, 0);
      }
    }),
    { numRuns: 2_000 },
  );
  assert.ok(links > 100);
});

/** What the platform makes of a link is what the link says of itself. */
function assertGoesTo(url: URL, destination: string): void {
  assert.deepEqual([url.username, url.password], ['', '']);
  const expected = url.protocol === 'mailto:' ? url.pathname : url.host;
  assert.equal(new URL(`${url.protocol}//${destination}`).host || destination, expected);
}

function linksOf(nodes: readonly (Block | Inline)[]): Extract<Inline, { type: 'link' }>[] {
  return nodes.flatMap((node) => {
    const inner = 'children' in node ? linksOf(node.children) : [];
    return node.type === 'link' ? [node, ...inner] : inner;
  });
}

test('CNT-16: nothing nests deeper than 16', () => {
  for (const piece of ['*a **a ', '[a*', '**a *a ']) {
    const closing = piece.includes('[') ? '' : '* **'.repeat(200);
    assert.ok(depthOf(parseMarkdown(piece.repeat(200) + closing).blocks) <= 17);
  }
  const nested = `${'*a **a '.repeat(100)}x${'** *'.repeat(100)}`;
  assert.equal(depthOf(parseMarkdown(nested.replaceAll('** *', ' b** b*')).blocks), 17);
});

function depthOf(nodes: readonly (Block | Inline)[]): number {
  return nodes.reduce((depth, node) => {
    return Math.max(depth, 'children' in node ? 1 + depthOf(node.children) : 0);
  }, 0);
}

test('CNT-26: after 4,000 pieces of markup everything is text as typed', () => {
  const spans = (text: string) =>
    parseMarkdown(text).blocks.flatMap((block) => ('children' in block ? block.children : []));
  const bold = spans('**a** '.repeat(2_500));
  assert.equal(bold.filter(({ type }) => type === 'bold').length, 2_000);
  const rest = bold.at(-1);
  assert.equal(rest?.type === 'text' && rest.text.trim(), '**a** '.repeat(500).trim());
  // All paragraphs and quotes share one bound.
  const tags = spans('#a\n\n> #b\n\n'.repeat(2_500));
  assert.equal(tags.filter(({ type }) => type === 'hashtag').length, 4_000);
  // No character is lost, and offsets stay.
  const { source, blocks } = parseMarkdown('_@'.repeat(16_384));
  const [paragraph] = blocks;
  const last = paragraph && 'children' in paragraph ? paragraph.children.at(-1) : undefined;
  assert.equal(last?.end, source.length);
});
