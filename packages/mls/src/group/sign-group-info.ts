import type { SuiteCrypto } from '../crypto-provider.ts';
import { signWithLabel } from '../labels/sign.ts';
import {
  type GroupInfo,
  type GroupInfoContent,
  groupInfoLabel,
  groupInfoToBeSigned,
} from './group-info.ts';

export async function signGroupInfo(
  crypto: SuiteCrypto,
  content: GroupInfoContent,
  signaturePrivateKey: Uint8Array,
): Promise<GroupInfo> {
  const toBeSigned = groupInfoToBeSigned(content);
  const signature = await signWithLabel(crypto, signaturePrivateKey, {
    label: groupInfoLabel,
    content: toBeSigned,
  });
  return { ...content, signature };
}
