import type { Reader } from '../codec/reader.ts';
import { malformed } from '../codec/reader.ts';
import type { Writer } from '../codec/writer.ts';
import { decodeExtensions, type Extension, encodeExtensions } from '../extensions/extension.ts';
import { decodeKeyPackage, encodeKeyPackage, type KeyPackage } from '../key-package/key-package.ts';
import { encodeLeafNode, LeafNode } from '../tree/leaf-node.ts';

/** Proposal types of RFC 9420 section 17.4. */
export const proposalType = {
  add: 1,
  update: 2,
  remove: 3,
  psk: 4,
  reinit: 5,
  externalInit: 6,
  groupContextExtensions: 7,
} as const;

/** What a resumption PSK is used for (section 8.4). */
export type ResumptionUsage = 'application' | 'reinit' | 'branch';

/** PreSharedKeyID without its nonce. */
export type PskReference =
  | { readonly kind: 'external'; readonly id: Uint8Array }
  | {
      readonly kind: 'resumption';
      readonly usage: ResumptionUsage;
      readonly groupId: Uint8Array;
      readonly epoch: bigint;
    };

/** PreSharedKeyID (section 8.4). */
export type PskId = PskReference & { readonly nonce: Uint8Array };

export interface ReInit {
  readonly groupId: Uint8Array;
  readonly version: number;
  readonly cipherSuite: number;
  readonly extensions: readonly Extension[];
}

/** A proposal (section 12.1). A `custom` one is `opaque<V>` under a type this package does not know. */
export type Proposal =
  | { readonly kind: 'add'; readonly keyPackage: KeyPackage }
  | { readonly kind: 'update'; readonly leafNode: LeafNode }
  | { readonly kind: 'remove'; readonly removed: number }
  | { readonly kind: 'psk'; readonly id: PskId }
  | { readonly kind: 'reinit'; readonly reinit: ReInit }
  | { readonly kind: 'external_init'; readonly kemOutput: Uint8Array }
  | { readonly kind: 'group_context_extensions'; readonly extensions: readonly Extension[] }
  | { readonly kind: 'custom'; readonly type: number; readonly data: Uint8Array };

const usages: readonly ResumptionUsage[] = ['application', 'reinit', 'branch'];
const pskType = { external: 1, resumption: 2 } as const;

function typeOfProposal(proposal: Proposal): number {
  switch (proposal.kind) {
    case 'add':
      return proposalType.add;
    case 'update':
      return proposalType.update;
    case 'remove':
      return proposalType.remove;
    case 'psk':
      return proposalType.psk;
    case 'reinit':
      return proposalType.reinit;
    case 'external_init':
      return proposalType.externalInit;
    case 'group_context_extensions':
      return proposalType.groupContextExtensions;
    case 'custom':
      return proposal.type;
  }
}

export function encodeProposal(writer: Writer, proposal: Proposal): void {
  writer.u16(typeOfProposal(proposal));
  switch (proposal.kind) {
    case 'add':
      return encodeKeyPackage(writer, proposal.keyPackage);
    case 'update':
      return encodeLeafNode(writer, proposal.leafNode);
    case 'remove':
      writer.u32(proposal.removed);
      return;
    case 'psk':
      return encodePskId(writer, proposal.id);
    case 'reinit':
      return encodeReInit(writer, proposal.reinit);
    case 'external_init':
      writer.vector(proposal.kemOutput);
      return;
    case 'group_context_extensions':
      return encodeExtensions(writer, proposal.extensions);
    case 'custom':
      writer.vector(proposal.data);
  }
}

export function decodeProposal(reader: Reader): Proposal {
  const type = reader.u16();
  switch (type) {
    case proposalType.add:
      return { kind: 'add', keyPackage: decodeKeyPackage(reader) };
    case proposalType.update:
      return { kind: 'update', leafNode: LeafNode.decode(reader) };
    case proposalType.remove:
      return { kind: 'remove', removed: reader.u32() };
    case proposalType.psk:
      return { kind: 'psk', id: decodePskId(reader) };
    case proposalType.reinit:
      return { kind: 'reinit', reinit: decodeReInit(reader) };
    case proposalType.externalInit:
      return { kind: 'external_init', kemOutput: reader.vector() };
    case proposalType.groupContextExtensions:
      return { kind: 'group_context_extensions', extensions: decodeExtensions(reader) };
    default:
      if (type === 0) throw malformed('a proposal has the reserved type');
      return { kind: 'custom', type, data: reader.vector() };
  }
}

export function encodePskId(writer: Writer, id: PskId): void {
  writer.u8(pskType[id.kind]);
  if (id.kind === 'external') writer.vector(id.id);
  else
    writer
      .u8(usages.indexOf(id.usage) + 1)
      .vector(id.groupId)
      .u64(id.epoch);
  writer.vector(id.nonce);
}

export function decodePskId(reader: Reader): PskId {
  const type = reader.u8();
  if (type === pskType.external) {
    return { kind: 'external', id: reader.vector(), nonce: reader.vector() };
  }
  if (type !== pskType.resumption) throw malformed('a PSK has an unknown type');
  const usage = usages[reader.u8() - 1];
  if (usage === undefined) throw malformed('a resumption PSK has an unknown usage');
  return {
    kind: 'resumption',
    usage,
    groupId: reader.vector(),
    epoch: reader.u64(),
    nonce: reader.vector(),
  };
}

export function encodeReInit(writer: Writer, reinit: ReInit): void {
  writer.vector(reinit.groupId).u16(reinit.version).u16(reinit.cipherSuite);
  encodeExtensions(writer, reinit.extensions);
}

export function decodeReInit(reader: Reader): ReInit {
  return {
    groupId: reader.vector(),
    version: reader.u16(),
    cipherSuite: reader.u16(),
    extensions: decodeExtensions(reader),
  };
}
