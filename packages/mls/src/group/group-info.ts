import type { Reader } from '../codec/reader.ts';
import { build, encode, type Writer } from '../codec/writer.ts';
import type { SuiteCrypto } from '../crypto-provider.ts';
import { decodeExtensions, encodeExtensions, type Extension } from '../extensions/extension.ts';
import { signWithLabel, verifyWithLabel } from '../labels.ts';
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

const signatureLabel = 'GroupInfoTBS';

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

export async function signGroupInfo(
  crypto: SuiteCrypto,
  content: GroupInfoContent,
  signaturePrivateKey: Uint8Array,
): Promise<GroupInfo> {
  const toBeSigned = encode(encodeContent, content);
  const signature = await signWithLabel(crypto, signaturePrivateKey, signatureLabel, toBeSigned);
  return { ...content, signature };
}

export async function verifyGroupInfoSignature(
  crypto: SuiteCrypto,
  info: GroupInfo,
  publicKey: Uint8Array,
): Promise<boolean> {
  return verifyWithLabel(crypto, {
    publicKey,
    label: signatureLabel,
    content: build((writer) => encodeContent(writer, info)),
    signature: info.signature,
  });
}

function encodeContent(writer: Writer, info: GroupInfoContent): void {
  encodeGroupContext(writer, info.groupContext);
  encodeExtensions(writer, info.extensions);
  writer.vector(info.confirmationTag).u32(info.signer);
}
