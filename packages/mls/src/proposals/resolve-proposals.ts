import { keyOf } from '../codec/bytes.ts';
import type { Sender } from '../framing/content.ts';
import { check, failureOf } from '../validation/checks.ts';
import type { Commit } from './commit.ts';
import type { Proposed } from './proposed.ts';

/** No reference is longer: it is an output of the suite's hash. */
const maxReferenceBytes = 64;

/**
 * The proposals of a commit, references looked up among those that wait. A custom proposal that is
 * referred to again counts once; for all other kinds section 12.2 refuses the repetition.
 */
export function resolveProposals(
  waiting: ReadonlyMap<string, Proposed>,
  commit: Commit,
  committer: Sender,
): Proposed[] {
  const counted = new Set<Proposed>();
  return commit.proposals.flatMap((item): Proposed[] => {
    if (item.kind === 'proposal') {
      return [{ proposal: item.proposal, sender: committer, byReference: false }];
    }
    if (committer.kind === 'new_member_commit') throw failureOf('external-commit-by-value');
    check('commit-proposal-known', item.reference.length <= maxReferenceBytes);
    const found = waiting.get(keyOf(item.reference));
    check('commit-proposal-known', found !== undefined);
    if (found.proposal.kind === 'custom' && counted.has(found)) return [];
    counted.add(found);
    return [found];
  });
}
