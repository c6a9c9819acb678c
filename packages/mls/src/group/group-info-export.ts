import { erase } from '../codec/bytes.ts';
import { type Environment, forSuite, type GroupEnvironment } from '../environment.ts';
import { type Extension, extensionType, externalPubExtension } from '../extensions/extension.ts';
import { encodeMessage } from '../framing/message.ts';
import { externalKeyPair } from '../key-schedule/key-schedule.ts';
import { encodeRatchetTree } from '../tree/tree-codec.ts';
import type { GroupInfo } from './group-info.ts';
import type { Epoch, GroupState } from './group-state.ts';
import { signGroupInfo } from './sign-group-info.ts';

export interface GroupInfoRequest {
  /** The ratchet tree inside; otherwise joiners get it from elsewhere. Default true. */
  readonly includeTree?: boolean;
  /** The external public key, without which nobody can join by external commit. */
  readonly allowExternalCommits?: boolean;
  readonly extensions?: readonly Extension[];
}

/** A signed GroupInfo of the current epoch as an MLSMessage (RFC 9420 section 12.4.3). */
export async function exportGroupInfo(
  env: Environment,
  state: GroupState,
  request: GroupInfoRequest = {},
): Promise<Uint8Array> {
  const groupEnv = forSuite(env, state.epoch.context.cipherSuite);
  const groupInfo = await groupInfoOf(groupEnv, state.epoch, request);
  return encodeMessage({ kind: 'group_info', groupInfo });
}

export async function groupInfoOf(
  { crypto }: Pick<GroupEnvironment, 'crypto'>,
  epoch: Epoch,
  request: GroupInfoRequest,
): Promise<GroupInfo> {
  const extensions = [...(request.extensions ?? [])];
  if (request.includeTree ?? true) {
    extensions.push({ type: extensionType.ratchetTree, data: encodeRatchetTree(epoch.tree) });
  }
  if (request.allowExternalCommits) {
    const { publicKey, privateKey } = await externalKeyPair(crypto, epoch.secrets.external);
    erase(privateKey);
    extensions.push(externalPubExtension(publicKey));
  }
  return signGroupInfo(
    crypto,
    {
      groupContext: epoch.context,
      extensions,
      confirmationTag: epoch.confirmationTag,
      signer: epoch.own.leafIndex,
    },
    epoch.own.signaturePrivateKey,
  );
}
