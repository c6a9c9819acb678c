import type { ConformanceCase } from './case.ts';
import { ecdsaCases } from './ecdsa-cases.ts';
import { ed25519Cases } from './ed25519-cases.ts';
import { kemCases } from './kem-cases.ts';
import { symmetricCases } from './symmetric-cases.ts';

export const allCases: readonly ConformanceCase[] = [
  ...symmetricCases,
  ...ed25519Cases,
  ...ecdsaCases,
  ...kemCases,
];
