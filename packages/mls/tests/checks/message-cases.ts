import { build } from '../../src/codec/writer.ts';
import { encodeBody, encodeContentAuth, wireFormat } from '../../src/framing/content.ts';
import { privateContentAad } from '../../src/framing/private-message.ts';
import { decodeMessage, encodeMessage } from '../../src/index.ts';
import { sealSenderData } from '../../src/protection/sender-data.ts';
import { signContent } from '../../src/protection/sign-content.ts';
import { takeNextKey } from '../../src/secret-tree/secret-tree.ts';
import { leafIndex } from '../../src/tree/tree-math.ts';
import type { Client } from '../members.ts';
import { commitBody, cryptoOf, flipped, forgePublic, hear } from './forge.ts';
import { situation } from './situation.ts';

const removeAlice = { kind: 'proposal', proposal: { kind: 'remove', removed: 0 } } as const;

/** An application message whose padding is not zero; everything else is in order. */
async function dirtyPadding(client: Client): Promise<Uint8Array> {
  const crypto = cryptoOf(client);
  const { context, contextBytes, own, secrets, secretTree } = client.state.epoch;
  const { groupId, epoch } = context;
  const authenticatedData = new Uint8Array(0);
  const body = { kind: 'application', data: Uint8Array.of(1) } as const;
  const signed = await signContent(crypto, {
    wireFormat: wireFormat.privateMessage,
    content: {
      groupId,
      epoch,
      sender: { kind: 'member', leafIndex: own.leafIndex },
      authenticatedData,
      body,
    },
    contextBytes,
    signaturePrivateKey: own.signaturePrivateKey,
  });
  const plaintext = build((writer) => {
    encodeBody(writer, body);
    encodeContentAuth(writer, signed.auth);
    writer.raw(Uint8Array.of(0, 7));
  });
  const { key, nonce, generation } = takeNextKey(crypto, secretTree, {
    leaf: own.leafIndex,
    kind: 'application',
  });
  const header = { groupId, epoch, contentType: 1, authenticatedData } as const;
  const aad = privateContentAad(header);
  const ciphertext = await crypto.aeadSeal({ key, nonce, aad, plaintext });
  const encryptedSenderData = await sealSenderData(crypto, secrets.senderData, {
    header: { ...header, ciphertext },
    senderData: { leafIndex: own.leafIndex, generation, reuseGuard: new Uint8Array(4) },
  });
  return encodeMessage({
    kind: 'private',
    message: { ...header, ciphertext, encryptedSenderData },
  });
}

export const messageCases = {
  'message-epoch': async () => {
    const { bob, mallory, alice } = await situation();
    const late = await forgePublic(mallory, { body: removeAlice });
    const update = await alice.commit();
    await bob.hear(update.message);
    return hear(bob, late);
  },
  'message-group': async () => {
    const { bob, mallory } = await situation();
    const groupId = Uint8Array.of(9);
    return hear(bob, await forgePublic(mallory, { body: removeAlice, groupId }));
  },
  'message-sender-exists': async () => {
    const { bob, mallory } = await situation();
    const sender = { kind: 'member', leafIndex: leafIndex(77) } as const;
    return hear(bob, await forgePublic(mallory, { body: removeAlice, sender }));
  },
  'message-signature': async () => {
    const { bob, mallory } = await situation();
    return hear(bob, await forgePublic(mallory, { body: removeAlice, damageSignature: true }));
  },
  'message-sender-type': async () => {
    const { bob, mallory } = await situation();
    const sender = { kind: 'external', senderIndex: 0 } as const;
    return hear(bob, await forgePublic(mallory, { body: commitBody([]), sender }));
  },
  'message-not-own': async () => {
    const { mallory } = await situation();
    return hear(mallory, await forgePublic(mallory, { body: removeAlice }));
  },
  'public-membership-tag': async () => {
    const { bob, mallory } = await situation();
    const decoded = decodeMessage(await forgePublic(mallory, { body: removeAlice }));
    if (decoded.kind !== 'public') throw new Error('Not public');
    const { message } = decoded;
    const membershipTag = flipped(message.membershipTag ?? new Uint8Array(32));
    return hear(bob, encodeMessage({ kind: 'public', message: { ...message, membershipTag } }));
  },
  'handshake-public': async () => {
    const { bob, mallory } = await situation({}, { privateHandshakes: 'refused' });
    const { message } = await mallory.commit({ format: 'private' });
    return hear(bob, message);
  },
  'public-no-application': async () => {
    const { bob, mallory } = await situation();
    const body = { kind: 'application', data: Uint8Array.of(1) } as const;
    return hear(bob, await forgePublic(mallory, { body }));
  },
  'private-padding-zero': async () => {
    const { bob, mallory } = await situation();
    return hear(bob, await dirtyPadding(mallory));
  },
  'private-generation-window': async () => {
    const { bob, mallory } = await situation();
    const message = await mallory.say('once');
    await bob.hear(message);
    return hear(bob, message);
  },
};
