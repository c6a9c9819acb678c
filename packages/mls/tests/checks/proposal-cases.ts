import { type Environment, externalSendersExtension } from '../../src/index.ts';
import type { Proposal, PskId } from '../../src/proposals/proposal.ts';

import { type Client, named } from '../members.ts';
import {
  commitBody,
  type commitIn,
  cryptoOf,
  forgeExternalCommit,
  forgeKeyPackage,
  forgeLeaf,
  forgePublic,
  hear,
} from './forge.ts';
import { situation } from './situation.ts';

/** Mallory commits these by value; no path, unless the commit would need one to be looked at. */
async function commitForged(
  proposals: readonly Proposal[],
  bobs: Partial<Environment> = {},
): Promise<unknown> {
  const { bob, mallory } = await situation({}, bobs);
  return hear(bob, await forgePublic(mallory, { body: commitBody(proposals) }));
}

const nonce = new Uint8Array(32).fill(3);
const externalPsk: PskId = { kind: 'external', id: Uint8Array.of(1), nonce };
const reinit = { groupId: Uint8Array.of(1), version: 1, cipherSuite: 1, extensions: [] };
const extensions = [{ type: 0xff01, data: new Uint8Array(0) }];
const replaceExtensions = { kind: 'group_context_extensions', extensions: [] } as const;

async function update(client: Client): Promise<Proposal> {
  const { tree, own, context } = client.state.epoch;
  const leaf = tree.leaf(own.leafIndex);
  if (leaf === undefined) throw new Error('No leaf');
  const { publicKey } = await cryptoOf(client).generateKemKeyPair(client.env.random);
  const leafNode = await forgeLeaf(client, leaf, {
    changes: { encryptionKey: publicKey, source: { kind: 'update' } },
    position: { groupId: context.groupId, leafIndex: own.leafIndex },
    privateKey: own.signaturePrivateKey,
  });
  return { kind: 'update', leafNode };
}

async function outsider(client: Client) {
  const { publicKey, privateKey } = await cryptoOf(client).generateSignatureKeyPair(
    client.env.random,
  );
  const senders = [{ signatureKey: publicKey, credential: named('outsider') }];
  return { privateKey, groupExtensions: [externalSendersExtension(senders)] };
}

export const proposalCases = {
  'add-already-member': async () => {
    const { alice, bob, mallory, eve } = await situation();
    const { own, tree } = alice.state.epoch;
    const made = await eve.keyPackage();
    const signaturePrivateKey = own.signaturePrivateKey;
    const keyPackage = await forgeKeyPackage(
      eve,
      { ...made, secrets: { ...made.secrets, signaturePrivateKey } },
      { leaf: { signatureKey: tree.leaf(0)?.signatureKey ?? new Uint8Array(0) } },
    );
    const body = commitBody([{ kind: 'add', keyPackage }]);
    return hear(bob, await forgePublic(mallory, { body }));
  },
  'add-duplicate': async () => {
    const { bob, mallory, eve } = await situation();
    const { signatureKey, ...rest } = await eve.identity();
    const first = await eve.keyPackage({ signatureKey, ...rest });
    const second = await eve.keyPackage({ signatureKey, ...rest });
    const adds = [first, second].map(({ keyPackage }) => ({ kind: 'add', keyPackage }) as const);
    return hear(bob, await forgePublic(mallory, { body: commitBody(adds) }));
  },
  'update-sender': async () => {
    const { bob, mallory, eve } = await situation();
    const proposal = await update(mallory);
    const message = await forgeExternalCommit(mallory, eve, (commit) => ({
      ...commit,
      proposals: [...commit.proposals, { kind: 'proposal', proposal }],
    }));
    return hear(bob, message);
  },
  'update-by-committer': async () => {
    const { bob, mallory } = await situation();
    return hear(bob, await forgePublic(mallory, { body: commitBody([await update(mallory)]) }));
  },
  'remove-exists': () => commitForged([{ kind: 'remove', removed: 77 }]),
  'remove-committer': () => commitForged([{ kind: 'remove', removed: 2 }]),
  'leaf-changed-once': () =>
    commitForged([
      { kind: 'remove', removed: 0 },
      { kind: 'remove', removed: 0 },
    ]),
  'psk-nonce-length': () =>
    commitForged([{ kind: 'psk', id: { ...externalPsk, nonce: new Uint8Array(5) } }]),
  'psk-usage': () =>
    commitForged([
      {
        kind: 'psk',
        id: { kind: 'resumption', usage: 'reinit', groupId: Uint8Array.of(1), epoch: 0n, nonce },
      },
    ]),
  'psk-duplicate': () =>
    commitForged([
      { kind: 'psk', id: externalPsk },
      { kind: 'psk', id: externalPsk },
    ]),
  'psk-count': () =>
    commitForged(
      [
        { kind: 'psk', id: externalPsk },
        { kind: 'psk', id: { ...externalPsk, id: Uint8Array.of(2) } },
      ],
      { limits: { maxPsks: 1 } },
    ),
  'psk-known': () => commitForged([{ kind: 'psk', id: externalPsk }]),
  'reinit-version': () => commitForged([{ kind: 'reinit', reinit: { ...reinit, version: 0 } }]),
  'reinit-alone': () =>
    commitForged([
      { kind: 'reinit', reinit },
      { kind: 'remove', removed: 0 },
    ]),
  'external-init-in-member-commit': () =>
    commitForged([{ kind: 'external_init', kemOutput: new Uint8Array(32) }]),
  'group-extensions-once': () => commitForged([replaceExtensions, replaceExtensions]),
  'group-extensions-unique': () =>
    commitForged([
      { kind: 'group_context_extensions', extensions: [...extensions, ...extensions] },
    ]),
  'proposal-supported': () =>
    commitForged([{ kind: 'custom', type: 0xf123, data: new Uint8Array(0) }]),
  'external-proposal-type': async () => {
    const { groupExtensions, privateKey } = await outsider((await situation()).alice);
    const { bob, mallory } = await situation({ groupExtensions });
    const body = { kind: 'proposal', proposal: await update(mallory) } as const;
    const sender = { kind: 'external', senderIndex: 0 } as const;
    return hear(bob, await forgePublic(mallory, { body, sender, signaturePrivateKey: privateKey }));
  },
  'external-sender-listed': async () => {
    const { groupExtensions, privateKey } = await outsider((await situation()).alice);
    const { bob, mallory } = await situation({ groupExtensions });
    const body = { kind: 'proposal', proposal: { kind: 'remove', removed: 0 } } as const;
    const sender = { kind: 'external', senderIndex: 7 } as const;
    return hear(bob, await forgePublic(mallory, { body, sender, signaturePrivateKey: privateKey }));
  },
  'new-member-proposal-add': async () => {
    const { bob, mallory } = await situation();
    const body = { kind: 'proposal', proposal: { kind: 'remove', removed: 0 } } as const;
    const sender = { kind: 'new_member_proposal' } as const;
    return hear(bob, await forgePublic(mallory, { body, sender }));
  },
  'commit-proposal-known': async () => {
    const { bob, mallory } = await situation();
    const body = commitBody([], undefined, [new Uint8Array(32)]);
    return hear(bob, await forgePublic(mallory, { body }));
  },
  'commit-proposal-count': () =>
    commitForged(
      [
        { kind: 'remove', removed: 0 },
        { kind: 'remove', removed: 3 },
      ],
      { limits: { maxProposalsPerCommit: 1 } },
    ),
  'proposal-pending-count': async () => {
    const { bob, mallory } = await situation({}, { limits: { maxPendingProposals: 1 } });
    const propose = (removed: number) =>
      forgePublic(mallory, { body: { kind: 'proposal', proposal: { kind: 'remove', removed } } });
    await bob.hear(await propose(0));
    return hear(bob, await propose(3));
  },
  'commit-path-required': () => commitForged([{ kind: 'remove', removed: 0 }]),
  'tree-size': async () => {
    const { bob, mallory, eve } = await situation({}, { limits: { maxLeaves: 4 } });
    const { keyPackage } = await eve.keyPackage();
    const { message } = await mallory.commit({ proposals: [{ kind: 'add', keyPackage }] });
    return hear(bob, message);
  },
  'external-commit-init': async () => {
    const { bob, mallory, eve } = await situation();
    const change = (commit: ReturnType<typeof commitIn>['commit']) => ({
      ...commit,
      proposals: [],
    });
    return hear(bob, await forgeExternalCommit(mallory, eve, change));
  },
  'external-commit-remove': async () => {
    const { bob, mallory, eve } = await situation();
    const removals = [0, 2].map(
      (removed) => ({ kind: 'proposal', proposal: { kind: 'remove', removed } }) as const,
    );
    const message = await forgeExternalCommit(mallory, eve, (commit) => ({
      ...commit,
      proposals: [...commit.proposals, ...removals],
    }));
    return hear(bob, message);
  },
  'external-commit-proposals': async () => {
    const { bob, mallory, eve } = await situation();
    const message = await forgeExternalCommit(mallory, eve, (commit) => ({
      ...commit,
      proposals: [...commit.proposals, { kind: 'proposal', proposal: replaceExtensions }],
    }));
    return hear(bob, message);
  },
  'external-commit-by-value': async () => {
    const { bob, mallory, eve } = await situation();
    const reference = new Uint8Array(32);
    const message = await forgeExternalCommit(mallory, eve, (commit) => ({
      ...commit,
      proposals: [...commit.proposals, { kind: 'reference', reference }],
    }));
    return hear(bob, message);
  },
};
