import { emptyBytes, erase } from '../codec/bytes.ts';
import { build, encode } from '../codec/writer.ts';
import type { GroupEnvironment } from '../environment.ts';
import { type KeyPackage, keyPackageRef } from '../key-package/key-package.ts';
import { deriveWelcomeKey } from '../key-schedule/key-schedule.ts';
import { encryptManyWithLabel } from '../labels/encrypt.ts';
import type { PskId } from '../proposals/proposal.ts';
import { commonAncestor } from '../tree/tree-math.ts';
import type { NewPath } from '../treekem/create-path.ts';
import type { Transition } from './epochs.ts';
import { encodeGroupInfo } from './group-info.ts';
import { type GroupInfoRequest, groupInfoOf } from './group-info-export.ts';
import { encodeGroupSecrets } from './group-secrets.ts';
import type { Welcome } from './welcome-message.ts';

export interface WelcomeInput {
  readonly transition: Transition;
  readonly path: NewPath | undefined;
  readonly added: readonly { readonly index: number; readonly keyPackage: KeyPackage }[];
  readonly psks: readonly PskId[];
  readonly pskSecret: Uint8Array;
  readonly groupInfo: GroupInfoRequest;
}

/** The welcome for the members a commit adds, if any (RFC 9420 section 12.4.3.1). */
export async function createWelcome(
  env: GroupEnvironment,
  input: WelcomeInput,
): Promise<Welcome | undefined> {
  if (input.added.length === 0) return undefined;
  const { crypto } = env;
  const encryptedGroupInfo = await encryptGroupInfo(env, input);
  const plaintexts = input.added.map(({ index }) => groupSecretsFor(input, index));
  const ciphertexts = await encryptManyWithLabel(
    crypto,
    input.added.map(({ keyPackage }, position) => ({
      publicKey: keyPackage.initKey,
      label: 'Welcome',
      context: encryptedGroupInfo,
      plaintext: plaintexts[position] ?? emptyBytes,
    })),
    env.random,
  );
  erase(...plaintexts);
  const secrets = input.added.flatMap(({ keyPackage }, position) => {
    const encryptedGroupSecrets = ciphertexts[position];
    if (encryptedGroupSecrets === undefined) return [];
    return [{ newMember: keyPackageRef(crypto, keyPackage), encryptedGroupSecrets }];
  });
  return { cipherSuite: crypto.suite.id, secrets, encryptedGroupInfo };
}

async function encryptGroupInfo(env: GroupEnvironment, input: WelcomeInput): Promise<Uint8Array> {
  const { epoch, joinerSecret } = input.transition;
  const groupInfo = await groupInfoOf(env, epoch, input.groupInfo);
  const { pskSecret } = input;
  const { key, nonce } = deriveWelcomeKey(env.crypto, { joinerSecret, pskSecret });
  const plaintext = build((writer) => encodeGroupInfo(writer, groupInfo));
  const sealed = await env.crypto.aeadSeal({ key, nonce, aad: emptyBytes, plaintext });
  erase(key, nonce);
  return sealed;
}

/** A joiner gets the path secret of the lowest node above both it and the committer. */
function groupSecretsFor(input: WelcomeInput, joiner: number): Uint8Array {
  const { path } = input;
  const ancestor = path && commonAncestor(path.leafIndex, joiner);
  return encode(encodeGroupSecrets, {
    joinerSecret: input.transition.joinerSecret,
    pathSecret: path?.steps.find(({ index }) => index === ancestor)?.pathSecret,
    psks: input.psks,
  });
}
