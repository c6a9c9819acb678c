import { createNobleProvider } from '../../packages/mls/src/providers/noble.ts';
import { createWebProvider } from '../../packages/mls/src/providers/web.ts';
import { measure } from './measure.ts';

async function measureHere() {
  return measure([await createWebProvider(crypto.subtle), createNobleProvider()]);
}

Object.assign(globalThis, { measureHere });
