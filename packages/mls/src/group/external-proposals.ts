import { emptyBytes } from '../codec/bytes.ts';
import { type Environment, forSuite } from '../environment.ts';
import { type Sender, wireFormat } from '../framing/content.ts';
import { encodeMessage } from '../framing/message.ts';
import type { KeyPackage } from '../key-package/key-package.ts';
import type { Proposal } from '../proposals/proposal.ts';
import { signContent } from '../protection/sign-content.ts';

/** Which epoch of which group an outsider's proposal is for. */
export interface ProposalTarget {
  readonly cipherSuite: number;
  readonly groupId: Uint8Array;
  readonly epoch: bigint;
}

export interface ExternalProposal extends ProposalTarget {
  readonly proposal: Proposal;
  /** Position in the group's external_senders extension. */
  readonly senderIndex: number;
  readonly signaturePrivateKey: Uint8Array;
  readonly authenticatedData?: Uint8Array;
}

/** A proposal from a listed external sender (RFC 9420 section 12.1.8.1), as an MLSMessage. */
export function proposeExternally(
  env: Environment,
  request: ExternalProposal,
): Promise<Uint8Array> {
  const { senderIndex } = request;
  return signFromOutside(env, { ...request, sender: { kind: 'external', senderIndex } });
}

export interface OwnAddition extends ProposalTarget {
  readonly keyPackage: KeyPackage;
  readonly signaturePrivateKey: Uint8Array;
  readonly authenticatedData?: Uint8Array;
}

/** A client's proposal to add itself (section 12.1.8), as an MLSMessage. */
export function proposeOwnAddition(env: Environment, request: OwnAddition): Promise<Uint8Array> {
  const proposal: Proposal = { kind: 'add', keyPackage: request.keyPackage };
  return signFromOutside(env, { ...request, proposal, sender: { kind: 'new_member_proposal' } });
}

interface OutsideContent extends ProposalTarget {
  readonly sender: Sender;
  readonly proposal: Proposal;
  readonly signaturePrivateKey: Uint8Array;
  readonly authenticatedData?: Uint8Array;
}

async function signFromOutside(env: Environment, request: OutsideContent): Promise<Uint8Array> {
  const { groupId, epoch, sender, proposal, signaturePrivateKey } = request;
  const authenticated = await signContent(forSuite(env, request.cipherSuite).crypto, {
    wireFormat: wireFormat.publicMessage,
    content: {
      groupId,
      epoch,
      sender,
      authenticatedData: request.authenticatedData ?? emptyBytes,
      body: { kind: 'proposal', proposal },
    },
    contextBytes: emptyBytes,
    signaturePrivateKey,
  });
  return encodeMessage({ kind: 'public', message: { authenticated, membershipTag: undefined } });
}
