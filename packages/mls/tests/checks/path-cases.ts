import { commitIn, flipped, forgePath, forgePathLeaf, forgePublic, hear } from './forge.ts';
import { forgePathSecrets } from './forge-path-secrets.ts';
import { situation } from './situation.ts';

export const pathCases = {
  'commit-path-length': async () => {
    const { bob, mallory } = await situation();
    const change = (path: Parameters<typeof forgePathLeaf>[1]) => ({
      ...path,
      nodes: path.nodes.slice(1),
    });
    return hear(bob, await forgePath(mallory, change));
  },
  'commit-path-ciphertexts': async () => {
    const { bob, mallory } = await situation();
    const message = await forgePath(mallory, (path) => ({
      ...path,
      nodes: path.nodes.map((node) => ({
        ...node,
        encryptedPathSecrets: node.encryptedPathSecrets.slice(1),
      })),
    }));
    return hear(bob, message);
  },
  'commit-path-parent-hash': async () => {
    const { bob, mallory } = await situation();
    const source = { kind: 'commit', parentHash: new Uint8Array(32) } as const;
    return hear(bob, await forgePath(mallory, (path) => forgePathLeaf(mallory, path, { source })));
  },
  'commit-path-keys': async () => {
    const { bob, mallory } = await situation();
    const message = await forgePath(mallory, (path) => ({
      ...path,
      nodes: path.nodes.map((node) => ({ ...node, encryptionKey: new Uint8Array(32) })),
    }));
    return hear(bob, message);
  },
  'commit-path-secret': async () => {
    const { bob, mallory } = await situation();
    return hear(bob, await forgePathSecrets(mallory));
  },
  'commit-confirmation-tag': async () => {
    const { bob, mallory } = await situation();
    const { message } = await mallory.commit();
    const { commit, confirmationTag } = commitIn(message);
    const body = { kind: 'commit', commit } as const;
    const forged = { body, confirmationTag: flipped(confirmationTag) };
    return hear(bob, await forgePublic(mallory, forged));
  },
};
