import type { CryptoProvider } from '../../src/crypto-provider.ts';

/** One question that every provider must answer with the same words. Runs in Node and browsers. */
export interface ConformanceCase {
  readonly name: string;
  readonly expected: string;
  verdict(provider: CryptoProvider): Promise<string>;
}

/** 'ok', or the stable code of the error that was thrown. */
export async function outcome(run: () => unknown): Promise<string> {
  try {
    await run();
    return 'ok';
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : `uncoded: ${error}`;
  }
}

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The verdict on every case, by name. */
export async function verdicts(
  cases: readonly ConformanceCase[],
  provider: CryptoProvider,
): Promise<Record<string, string>> {
  const answers: Record<string, string> = {};
  for (const { name, verdict } of cases) answers[name] = await verdict(provider);
  return answers;
}

export function expectations(cases: readonly ConformanceCase[]): Record<string, string> {
  const answers = Object.fromEntries(cases.map(({ name, expected }) => [name, expected]));
  if (Object.keys(answers).length !== cases.length) throw new Error('Two cases share a name');
  return answers;
}
