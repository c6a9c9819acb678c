import assert from 'node:assert/strict';
import { registerHooks } from 'node:module';
import { test } from 'node:test';

/**
 * Loads the engine with a switch in its table of checks: a disabled check lets everything pass, and
 * what finds its failure by other means no longer says its name.
 */
const disabledCheck: { name: string | undefined } = { name: undefined };
Reflect.set(globalThis, 'disabledCheck', disabledCheck);

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (!url.endsWith('/validation/checks.ts')) return loaded;
    const source = String(loaded.source);
    const switched = source
      .replace('if (!holds) throw', 'if (!holds && globalThis.disabledCheck.name !== name) throw')
      .replace(
        'const [section, blame, message] = checks[name];',
        "if (globalThis.disabledCheck.name === name) throw new Error('disabled');\n$&",
      );
    assert.equal(switched.split('globalThis.disabledCheck').length, 3, 'both switches are in');
    return { ...loaded, source: switched };
  },
});

const { checks } = await import('../src/validation/checks.ts');
const { checkCases } = await import('./checks/all-cases.ts');
const { refusalOf } = await import('./checks/case.ts');

assert.deepEqual(
  Object.keys(checkCases).sort(),
  Object.keys(checks).sort(),
  'every check of the table has its case, and no other',
);

for (const [name, run] of Object.entries(checkCases)) {
  test(`check ${name}: refuses, and nothing else would`, async () => {
    disabledCheck.name = undefined;
    assert.equal(await refusalOf(run), name);
    disabledCheck.name = name;
    try {
      assert.notEqual(await refusalOf(run), name, 'without the check this test fails');
    } finally {
      disabledCheck.name = undefined;
    }
  });
}
