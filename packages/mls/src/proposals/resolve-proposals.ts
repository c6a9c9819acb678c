import { keyOf } from '../codec/bytes.ts';
import type { Sender } from '../framing/content.ts';
import { check, failureOf } from '../validation/checks.ts';
import type { Commit } from './commit.ts';
import type { Proposed } from './proposed.ts';

/** The proposals of a commit, references looked up among those that wait. */
export function resolveProposals(
  waiting: ReadonlyMap<string, Proposed>,
  commit: Commit,
  committer: Sender,
): Proposed[] {
  return commit.proposals.map((item): Proposed => {
    if (item.kind === 'proposal') {
      return { proposal: item.proposal, sender: committer, byReference: false };
    }
    if (committer.kind === 'new_member_commit') throw failureOf('external-commit-by-value');
    const found = waiting.get(keyOf(item.reference));
    check('commit-proposal-known', found !== undefined);
    return found;
  });
}
