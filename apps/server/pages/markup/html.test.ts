import assert from 'node:assert/strict';
import { test } from 'node:test';
import { html } from './html.ts';
import { excerpt, headline } from './words.ts';

test('PAGE-20: values are escaped, markup is kept, nothing is nothing', () => {
  assert.equal(
    html`<p title="${'"&<>\''}">${html`<b>${'<'}</b>`}</p>`.text,
    '<p title="&quot;&amp;&lt;&gt;&#39;"><b>&lt;</b></p>',
  );
  assert.equal(html`${undefined}${null}${false}${0}${['a', html`<br>`]}`.text, '0a<br>');
});

test('PAGE-20: what neither HTML nor XML may hold becomes a replacement character', () => {
  assert.equal(
    html`${'a\u0000b\u0085c\ud800d\ufffee\u{1ffff}f\r'}`.text,
    'a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf\ufffd',
  );
  assert.equal(html`${'tab\tline\n👩‍🚀 é'}`.text, 'tab\tline\n👩‍🚀 é');
});

test('PAGE-31: previews are one honest line, cut at a word', () => {
  assert.equal(excerpt('**Bold** and\n\n> more', 40), 'Bold and > more');
  assert.equal(excerpt('one two three four', 12), 'one two…');
  assert.equal(excerpt('x'.repeat(50), 10), `${'x'.repeat(9)}…`);
  assert.equal(excerpt('\u202egnp.exe\u0000', 40), 'gnp.exe');
  assert.equal(excerpt('👩‍🚀', 40), '👩‍🚀');
  assert.equal(headline('\n \n_first_ line\nsecond', 40), 'first line');
});
