import type { Reader } from '../codec/reader.ts';
import { malformed } from '../codec/reader.ts';
import type { Writer } from '../codec/writer.ts';
import { decodeUpdatePath, encodeUpdatePath, type UpdatePath } from '../tree/update-path.ts';
import { decodeProposal, encodeProposal, type Proposal } from './proposal.ts';

/** A proposal in a commit: its value, or a reference to a message that held it. */
export type ProposalOrRef =
  | { readonly kind: 'proposal'; readonly proposal: Proposal }
  | { readonly kind: 'reference'; readonly reference: Uint8Array };

/** RFC 9420 section 12.4. */
export interface Commit {
  readonly proposals: readonly ProposalOrRef[];
  readonly path: UpdatePath | undefined;
}

const orRefType = { proposal: 1, reference: 2 } as const;

export function encodeCommit(writer: Writer, commit: Commit): void {
  writer.list(commit.proposals, (list, item) => {
    list.u8(orRefType[item.kind]);
    if (item.kind === 'proposal') encodeProposal(list, item.proposal);
    else list.vector(item.reference);
  });
  writer.optional(commit.path, encodeUpdatePath);
}

export function decodeCommit(reader: Reader): Commit {
  const proposals = reader.list((list): ProposalOrRef => {
    const type = list.u8();
    if (type === orRefType.proposal) return { kind: 'proposal', proposal: decodeProposal(list) };
    if (type === orRefType.reference) return { kind: 'reference', reference: list.vector() };
    throw malformed('a commit holds an unknown kind of proposal');
  });
  return { proposals, path: reader.optional(decodeUpdatePath) };
}
