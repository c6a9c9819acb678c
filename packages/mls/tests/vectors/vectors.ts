import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { SuiteCrypto } from '../../src/crypto-provider.ts';
import { createNodeProvider } from '../../src/providers/node.ts';

/** The official vectors of github.com/mlswg/mls-implementations, when they lie beside the repository. */
const directory = join(import.meta.dirname, '../../../../../shared/vectors/mls');

const provider = createNodeProvider();

export function unhex(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'hex'));
}

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

/** The suite of a vector; undefined for those this package does not have. */
export function cryptoOf(vector: { readonly cipher_suite: number }): SuiteCrypto | undefined {
  return provider.supportedSuites.some((id) => id === vector.cipher_suite)
    ? provider.suite(vector.cipher_suite)
    : undefined;
}

/** Runs every vector of a file; says when the files are not there. */
export function vectorTest<Vector>(
  file: string,
  run: (vector: Vector) => Promise<boolean> | boolean,
): void {
  test(`official vectors: ${file}`, async (t: TestContext) => {
    const path = join(directory, `${file}.json`);
    if (!existsSync(path)) {
      t.skip('../shared/vectors/mls is not there');
      return;
    }
    const vectors: readonly Vector[] = JSON.parse(readFileSync(path, 'utf8'));
    let ran = 0;
    for (const vector of vectors) if (await run(vector)) ran += 1;
    t.diagnostic(`${ran} of ${vectors.length} vectors, others are of suites we do not have`);
    t.assert.ok(ran > 0);
  });
}

/** As above, for vectors of one suite each. */
export function suiteTest<Vector extends { readonly cipher_suite: number }>(
  file: string,
  run: (vector: Vector, crypto: SuiteCrypto) => Promise<void> | void,
): void {
  vectorTest<Vector>(file, async (vector) => {
    const crypto = cryptoOf(vector);
    if (crypto === undefined) return false;
    await run(vector, crypto);
    return true;
  });
}
