import assert from 'node:assert/strict';
import { test } from 'node:test';
import { graphOf } from './fixture-house.ts';
import { findImportCycles } from './import-cycles.ts';

test('a house without circles has none', () => {
  const graph = graphOf({
    'scripts/a.ts': "import './b.ts'; import './c.ts';",
    'scripts/b.ts': "import './c.ts';",
    'scripts/c.ts': '',
  });
  assert.deepEqual(findImportCycles(graph), []);
});

const ways = {
  'a value import': "import './a.ts';",
  'a type import': "import type { A } from './a.ts';",
  'a type in place': "export type A = import('./a.ts').A;",
  'a lazy import': "export const load = () => import('./a.ts');",
  'a re-export': "export * from './a.ts';",
};
for (const [way, text] of Object.entries(ways)) {
  test(`a circle closed by ${way} is found, shortest way round`, () => {
    const graph = graphOf({
      'scripts/a.ts': "import './b.ts'; import './c.ts';",
      'scripts/b.ts': "import './c.ts';",
      'scripts/c.ts': text,
    });
    assert.equal(
      findImportCycles(graph)[0],
      'Circular import: scripts/a.ts -> scripts/c.ts -> scripts/a.ts',
    );
  });
}

test('a circle across packages is found', () => {
  const graph = graphOf({
    'packages/content/src/index.ts': "import '@heliogram/protocol';",
    'packages/protocol/src/index.ts': "export const load = () => import('@heliogram/content');",
  });
  assert.equal(findImportCycles(graph).length, 1);
});

test('a module that imports itself is a circle', () => {
  assert.equal(findImportCycles(graphOf({ 'scripts/a.ts': "import './a.ts';" })).length, 1);
});
