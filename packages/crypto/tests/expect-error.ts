import assert from 'node:assert/strict';

type Thrown = { readonly name: string; readonly code: string };

/** Runs what must fail and asserts on the class and code of what it throws. */
export async function expectError(
  expected: Thrown,
  work: () => unknown,
  message?: string,
): Promise<void> {
  await assert.rejects(
    async () => {
      await work();
    },
    (error: unknown) => {
      assert.ok(error instanceof Error, message);
      const code = 'code' in error ? error.code : undefined;
      assert.deepEqual({ name: error.name, code }, expected, message ?? error.message);
      return true;
    },
  );
}

export const invalid = (code: string): Thrown => ({ name: 'ValidationError', code });
export const unverified = (code: string): Thrown => ({ name: 'VerificationError', code });

/** Asserts that hostile input ends in an error of this package, whichever it is. */
export async function expectTypedError(work: () => unknown, message: string): Promise<void> {
  await assert.rejects(
    async () => {
      await work();
    },
    (error: unknown) => {
      assert.ok(error instanceof Error, message);
      assert.match(error.name, /^(Validation|Verification)Error$/, `${message}: ${error.stack}`);
      return true;
    },
    message,
  );
}
