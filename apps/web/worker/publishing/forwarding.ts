import { toHex } from '@heliogram/client';
import { ValidationError } from '@heliogram/protocol';
import type { ForwardOutcome, PublishingCommands } from '../../bridge/contract/publishing.ts';
import type { House } from '../session/house.ts';
import type { ForwardDispatch } from './dispatch.ts';
import type { Dispatches } from './dispatches.ts';

type Request = PublishingCommands['forward']['args'];

/** How long a person waits for the answer before they are told that it comes later. */
const patienceMs = 6_000;
const maxTargets = 100;
const maxPosts = 100;

/** A dispatch for each target: what one channel refuses, the others have all the same. */
export async function forward(
  house: House,
  dispatches: Dispatches,
  request: Request,
): Promise<readonly ForwardOutcome[]> {
  if (request.to.length > maxTargets || request.from.seqs.length > maxPosts) {
    throw new ValidationError('too_large', 'too many posts or channels at once');
  }
  const targets = [...new Set(request.to)];
  const forwards = targets.map((target) => forwardInto(house, request, target));
  for (const each of forwards) await dispatches.add(each);
  return Promise.all(forwards.map((each) => outcomeOf(dispatches, each)));
}

async function outcomeOf(
  dispatches: Dispatches,
  { id, conversationId }: ForwardDispatch,
): Promise<ForwardOutcome> {
  const outcome = await dispatches.outcome(id, patienceMs);
  if (outcome === 'waiting') return { conversationId, state: 'waiting' };
  if (outcome === 'done') return { conversationId, state: 'forwarded' };
  return { conversationId, state: 'failed', failure: outcome };
}

/** The same ids for the same request, so that a repeat finds what an earlier one has done. */
function forwardInto(
  { platform }: House,
  { id, from, silent }: Request,
  conversationId: string,
): ForwardDispatch {
  const appendIds = from.seqs.map((seq) => {
    const hash = platform.hasher.sha256();
    hash.update(new TextEncoder().encode(`${id} ${conversationId} ${seq}`));
    return toHex(hash.digest().slice(0, 16));
  });
  const each = `${id}-${conversationId}`;
  return { kind: 'forward', id: each, conversationId, from, silent, appendIds };
}
