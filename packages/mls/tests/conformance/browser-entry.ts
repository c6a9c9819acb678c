import { createNobleProvider } from '../../src/providers/noble.ts';
import { createWebProvider } from '../../src/providers/web.ts';
import { allCases } from './all-cases.ts';
import { verdicts } from './case.ts';

/** Called from outside the page; answers with the verdicts of the page's own WebCrypto. */
async function conformance(): Promise<Record<string, Record<string, string>>> {
  return {
    web: await verdicts(allCases, await createWebProvider(crypto.subtle)),
    noble: await verdicts(allCases, createNobleProvider()),
  };
}

Object.assign(globalThis, { conformance });
