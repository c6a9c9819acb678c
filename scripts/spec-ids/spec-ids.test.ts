import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { findOrphans } from './spec-ids.ts';

const page = {
  file: 'docs/protocol/log.md',
  text: '- **LOG-1** first\n- **LOG-2** second, see LOG-1',
};
const head = "import { test } from 'node:test';\n";

function testsNamed(...names: readonly string[]) {
  const calls = names.map((name) => `test(${name}, () => {});`);
  return { file: 'a.test.ts', text: `${head}${calls.join('\n')}` };
}

describe('findOrphans', () => {
  test('is content when every id has its test, however the name is written', () => {
    for (const names of [
      ["'LOG-1: a'", "'LOG-2: b'"],
      ["'LOG-1, LOG-2: both'"],
      [`\`LOG-1: on \${backend}\``, '"LOG-2: b"'],
    ]) {
      assert.deepEqual(findOrphans({ pages: [page], code: [testsNamed(...names)] }), []);
    }
    const table = {
      file: 'suite.ts',
      text: `${head}const rows = [{ name: 'LOG-1: a' }, { name: 'LOG-2: b' }];`,
    };
    assert.deepEqual(findOrphans({ pages: [page], code: [table] }), []);
  });

  test('names an id that no test bears', () => {
    const [problem, ...rest] = findOrphans({ pages: [page], code: [testsNamed("'LOG-1: a'")] });
    assert.equal(problem, 'LOG-2 (docs/protocol/log.md) has no test that bears it.');
    assert.deepEqual(rest, []);
  });

  test('a mention inside a name, in a comment or outside test code is no test', () => {
    const mention = testsNamed("'LOG-1: a'", "'as LOG-2 says'");
    const comment = { file: 'b.test.ts', text: `${head}// LOG-2: b` };
    const plain = { file: 'c.ts', text: "export const title = 'LOG-2: b';" };
    assert.equal(findOrphans({ pages: [page], code: [mention, comment, plain] }).length, 1);
  });

  test('names a test whose id no page defines, even of an unknown family', () => {
    const code = [testsNamed("'LOG-1, LOG-2: a'", "'LGO-3: typo'")];
    const problems = findOrphans({ pages: [page], code });
    assert.deepEqual(problems, [
      'LGO-3 stands in a test name (a.test.ts) and in no page of docs/protocol.',
    ]);
  });

  test('names a reference to an id that is gone, and leaves other words alone', () => {
    const code = [
      testsNamed("'LOG-1, LOG-2: a'"),
      { file: 'b.ts', text: '// LOG-9 keeps this true; SHA-256 and RFC-9420 do not.' },
    ];
    assert.deepEqual(findOrphans({ pages: [page], code }), [
      'LOG-9 is referred to (b.ts) and is defined nowhere.',
    ]);
  });

  test('names an id that is defined twice', () => {
    const code = [testsNamed("'LOG-1, LOG-2: a'")];
    const again = { file: 'docs/protocol/again.md', text: '**LOG-1** anew' };
    assert.deepEqual(findOrphans({ pages: [page, again], code }), [
      'LOG-1 is defined twice: docs/protocol/log.md, docs/protocol/again.md',
    ]);
  });
});
