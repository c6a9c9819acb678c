import type { Reader } from '../codec/reader.ts';
import { build, type Writer } from '../codec/writer.ts';
import type { SuiteCrypto } from '../crypto-provider.ts';
import { decodeExtensions, type Extension, encodeExtensions } from '../extensions/extension.ts';
import { verifyWithLabel } from '../labels/verify.ts';
import { type LeafIndex, leafIndex } from '../tree/tree-math.ts';
import { decodeGroupContext, encodeGroupContext, type GroupContext } from './group-context.ts';

/** GroupInfoTBS (RFC 9420 section 12.4.3). */
export interface GroupInfoContent {
  readonly groupContext: GroupContext;
  readonly extensions: readonly Extension[];
  readonly confirmationTag: Uint8Array;
  readonly signer: LeafIndex;
}

export interface GroupInfo extends GroupInfoContent {
  readonly signature: Uint8Array;
}

export const groupInfoLabel = 'GroupInfoTBS';

export function encodeGroupInfo(writer: Writer, info: GroupInfo): void {
  encodeContent(writer, info);
  writer.vector(info.signature);
}

export function decodeGroupInfo(reader: Reader): GroupInfo {
  return {
    groupContext: decodeGroupContext(reader),
    extensions: decodeExtensions(reader),
    confirmationTag: reader.vector(),
    signer: leafIndex(reader.u32()),
    signature: reader.vector(),
  };
}

export async function verifyGroupInfoSignature(
  crypto: SuiteCrypto,
  info: GroupInfo,
  publicKey: Uint8Array,
): Promise<boolean> {
  return verifyWithLabel(crypto, {
    publicKey,
    label: groupInfoLabel,
    content: groupInfoToBeSigned(info),
    signature: info.signature,
  });
}

export function groupInfoToBeSigned(info: GroupInfoContent): Uint8Array {
  return build((writer) => encodeContent(writer, info));
}

function encodeContent(writer: Writer, info: GroupInfoContent): void {
  encodeGroupContext(writer, info.groupContext);
  encodeExtensions(writer, info.extensions);
  writer.vector(info.confirmationTag).u32(info.signer);
}
