import type { RandomSource } from '../random-source.ts';
import type { Capabilities } from './capabilities.ts';

/**
 * With one random GREASE value in each list that may hold them (RFC 9420 section 13.5): peers that
 * choke on unknown values are noticed before there are any that matter.
 */
export function withGrease(capabilities: Capabilities, random: RandomSource): Capabilities {
  const [suite = 0, extension = 0, proposal = 0, credential = 0] = random.bytes(4);
  return {
    versions: capabilities.versions,
    cipherSuites: [...capabilities.cipherSuites, greaseValue(suite)],
    extensions: [...capabilities.extensions, greaseValue(extension)],
    proposals: [...capabilities.proposals, greaseValue(proposal)],
    credentials: [...capabilities.credentials, greaseValue(credential)],
  };
}

/** 0x0A0A, 0x1A1A, … 0xEAEA: fifteen of them. */
function greaseValue(random: number): number {
  return 0x0a0a + (random % 15) * 0x1010;
}
