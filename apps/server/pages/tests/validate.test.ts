import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { HtmlValidate } from 'html-validate';
import { frontPage } from './front-page.ts';
import { Newsroom } from './newsroom.ts';

const validator = new HtmlValidate({
  extends: ['html-validate:recommended', 'html-validate:a11y'],
});
const room = new Newsroom();
let photoPost = 0;

before(async () => {
  await room.open();
  ({ photoPost } = await frontPage(room));
});
after(() => room.close());

async function findings(path: string): Promise<readonly string[]> {
  const response = await fetch(`${room.url}${path}`);
  const report = await validator.validateString(await response.text());
  return report.results.flatMap(({ messages }) =>
    messages.map(({ line, message, ruleId }) => `${path}:${line} ${ruleId}: ${message}`),
  );
}

test('PAGE-35: every kind of page is valid', async () => {
  const paths = [
    '/@hilltopcourier',
    '/@eveningrelay',
    '/@eveningrelay?before=100',
    ...Array.from({ length: 11 }, (_, index) => `/@hilltopcourier/${index + 1}`),
    `/@hilltopcourier/${photoPost}/embed`,
    '/@maralindqvist',
    '/directory',
    '/@nobody_at_all',
  ];
  const all = (await Promise.all(paths.map(findings))).flat();
  assert.deepEqual(all, []);
});

test('PAGE-35: the validator sees what it should', async () => {
  const { valid } = await validator.validateString('<p><img src="a.png"><div></p>');
  assert.equal(valid, false);
});
