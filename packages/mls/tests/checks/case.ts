import type { CheckName } from '../../src/index.ts';

/** Does what the named check must refuse. */
export type Case = () => Promise<unknown>;
export type Cases<Name extends CheckName> = Readonly<Record<Name, Case>>;

/** The code of the error that comes of it, or what came instead. */
export async function refusalOf(run: Case): Promise<string> {
  try {
    await run();
    return 'accepted';
  } catch (error) {
    if (error instanceof Error && 'code' in error) return String(error.code);
    return `uncoded: ${error instanceof Error ? error.stack : error}`;
  }
}
