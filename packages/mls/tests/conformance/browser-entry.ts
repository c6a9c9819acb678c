import { createNobleProvider } from '../../src/providers/noble.ts';
import { createWebProvider } from '../../src/providers/web.ts';
import { allCases } from './all-cases.ts';
import { verdicts } from './case.ts';
import { hybridHistory } from './hybrid-history.ts';

/** Called from outside the page; answers with what the page's own WebCrypto makes of everything. */
async function conformance(): Promise<Record<string, Record<string, string>>> {
  const web = await createWebProvider(crypto.subtle);
  return {
    web: await verdicts(allCases, web),
    noble: await verdicts(allCases, createNobleProvider()),
    history: await hybridHistory(web),
  };
}

Object.assign(globalThis, { conformance });
