/** Assertions that run in a browser too. */

export function holds(condition: unknown, what = 'it does not hold'): asserts condition {
  if (!condition) throw new Error(what);
}

/** The same values in the same structure; bytes, maps and sets by what is in them. */
export function same(actual: unknown, expected: unknown, what = ''): void {
  const [found, wanted] = [shown(actual), shown(expected)];
  if (found !== wanted) throw new Error(`${what} found ${found}, wanted ${wanted}`);
}

/** The code of what a call throws. */
export async function codeOf(call: Promise<unknown>): Promise<unknown> {
  try {
    await call;
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : String(error);
  }
  return 'nothing thrown';
}

function shown(value: unknown): string {
  return JSON.stringify(plain(value));
}

function plain(value: unknown): unknown {
  if (value === undefined) return '(undefined)';
  if (value instanceof Uint8Array) return { bytes: [...value] };
  if (value instanceof Map) return { map: [...value].map(plain) };
  if (value instanceof Set) return { set: [...value].map(plain) };
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, each]) => [key, plain(each)]));
}
