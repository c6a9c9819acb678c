import { type ProofOfWorkTask, proofOfWorkTest } from './verify/proof-of-work.ts';

/** The turns that a search takes: each tries some nonces and says where the next begins. */
export type ProofOfWorkTurn =
  | { readonly solved: true; readonly nonce: number }
  | { readonly solved: false; readonly next: number };

/**
 * Tries `attempts` nonces from `from` on and returns: the caller yields to others, reports progress
 * or gives up between turns. Throws as the task is malformed.
 */
export function solveProofOfWork(
  task: ProofOfWorkTask,
  turn: { readonly from: number; readonly attempts: number },
): ProofOfWorkTurn {
  const solves = proofOfWorkTest(task);
  const next = turn.from + turn.attempts;
  for (let nonce = turn.from; nonce < next; nonce++) {
    if (solves(nonce)) return { solved: true, nonce };
  }
  return { solved: false, next };
}
