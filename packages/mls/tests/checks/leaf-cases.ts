import { type Extension, requiredCapabilitiesExtension } from '../../src/index.ts';
import type { Client } from '../members.ts';
import {
  commitBody,
  commitIn,
  cryptoOf,
  forgeKeyPackage,
  forgePath,
  forgePathLeaf,
  forgePublic,
  hear,
  type KeyPackageForgery,
} from './forge.ts';
import { longAgo, type Situation, situation } from './situation.ts';

const zeros = new Uint8Array(32);
const unknownExtension = { type: 0xff05, data: new Uint8Array(0) };
/** Of small order: no signature of it counts. */
const identityPoint = Uint8Array.from({ length: 32 }, (_, at) => (at === 0 ? 1 : 0));

/** Mallory commits the addition of Eve with a key package of any content. */
async function addForged(
  { bob, mallory, eve }: Situation,
  forge: KeyPackageForgery | ((eve: Client) => Promise<KeyPackageForgery>),
): Promise<unknown> {
  const made = await eve.keyPackage();
  const forgery = typeof forge === 'function' ? await forge(eve) : forge;
  const keyPackage = await forgeKeyPackage(eve, made, forgery);
  return hear(bob, await forgePublic(mallory, { body: commitBody([{ kind: 'add', keyPackage }]) }));
}

function leafOf(client: Client) {
  const leaf = client.state.epoch.tree.leaf(client.state.epoch.own.leafIndex);
  if (leaf === undefined) throw new Error('No leaf');
  return leaf;
}

/** Mallory replaces the group's extensions, with a path that is in order. */
async function replaceExtensions(extensions: readonly Extension[]): Promise<unknown> {
  const { bob, mallory } = await situation();
  const { commit } = commitIn(await forgePath(mallory, (path) => path));
  const body = commitBody([{ kind: 'group_context_extensions', extensions }], commit.path);
  return hear(bob, await forgePublic(mallory, { body }));
}

export const leafCases = {
  'leaf-credential': async () => {
    const accepts = ({ credential }: { credential: { data: Uint8Array } }) =>
      new TextDecoder().decode(credential.data) !== 'eve';
    return addForged(await situation({}, { authentication: { accepts } }), {});
  },
  'leaf-credential-supported': async () => {
    const { capabilities } = leafOf((await situation()).alice);
    return addForged(await situation(), {
      leaf: {
        credential: { type: 0xf000, data: zeros },
        capabilities: { ...capabilities, credentials: [1, 0xf000] },
      },
    });
  },
  'leaf-signature': async () => addForged(await situation(), { damageLeafSignature: true }),
  'leaf-required-capabilities': async () => {
    const required = { extensionTypes: [], proposalTypes: [0xff10], credentialTypes: [] };
    const extensions = [requiredCapabilitiesExtension(required)];
    return replaceExtensions(extensions);
  },
  'leaf-capabilities-count': async () => {
    const { capabilities } = leafOf((await situation()).alice);
    const proposals = Array.from({ length: 257 }, (_, type) => 0xf000 + type);
    return addForged(await situation(), { leaf: { capabilities: { ...capabilities, proposals } } });
  },
  'leaf-extensions-listed': async () =>
    addForged(await situation(), { leaf: { extensions: [unknownExtension] } }),
  'leaf-extensions-unique': async () => {
    const { capabilities } = leafOf((await situation()).alice);
    return addForged(await situation(), {
      leaf: {
        extensions: [unknownExtension, unknownExtension],
        capabilities: { ...capabilities, extensions: [unknownExtension.type] },
      },
    });
  },
  'leaf-lifetime': async () =>
    addForged(await situation(), { leaf: { source: { kind: 'key_package', lifetime: longAgo } } }),
  'leaf-lifetime-length': async () => {
    const lifetime = { notBefore: 0n, notAfter: 2n ** 63n };
    return addForged(await situation(), { leaf: { source: { kind: 'key_package', lifetime } } });
  },
  'leaf-source': async () => addForged(await situation(), { leaf: { source: { kind: 'update' } } }),
  'leaf-key-changed': async () => {
    const { bob, mallory } = await situation();
    const { encryptionKey } = leafOf(mallory);
    return hear(
      bob,
      await forgePath(mallory, (path) => forgePathLeaf(mallory, path, { encryptionKey })),
    );
  },
  'leaf-encryption-key': async () =>
    addForged(await situation(), { leaf: { encryptionKey: zeros } }),
  'leaf-signature-key': async () => {
    const { bob, mallory } = await situation();
    const changes = { signatureKey: identityPoint };
    return hear(bob, await forgePath(mallory, (path) => forgePathLeaf(mallory, path, changes)));
  },
  'leaf-signature-key-unique': async () => {
    const { alice, bob, mallory } = await situation();
    const { signatureKey } = leafOf(alice);
    const { signaturePrivateKey } = alice.state.epoch.own;
    const change = (path: Parameters<typeof forgePathLeaf>[1]) =>
      forgePathLeaf(mallory, path, { signatureKey, privateKey: signaturePrivateKey });
    return hear(bob, await forgePath(mallory, change));
  },
  'tree-encryption-keys-unique': async () => {
    const all = await situation();
    return addForged(all, { leaf: { encryptionKey: leafOf(all.alice).encryptionKey } });
  },
  'leaf-group-extensions': async () => replaceExtensions([unknownExtension]),
  'key-package-version': async () => addForged(await situation(), { changes: { version: 2 } }),
  'key-package-suite': async () => addForged(await situation(), { changes: { cipherSuite: 3 } }),
  'key-package-signature': async () => addForged(await situation(), { damageSignature: true }),
  'key-package-init-key': async () =>
    addForged(await situation(), async (eve) => {
      const { publicKey } = await cryptoOf(eve).generateKemKeyPair(eve.env.random);
      return { changes: { initKey: publicKey }, leaf: { encryptionKey: publicKey } };
    }),
  'key-package-init-key-usable': async () =>
    addForged(await situation(), { changes: { initKey: zeros } }),
  'key-package-extensions-listed': async () =>
    addForged(await situation(), { changes: { extensions: [unknownExtension] } }),
  'key-package-extensions-unique': async () => {
    const { capabilities } = leafOf((await situation()).alice);
    return addForged(await situation(), {
      changes: { extensions: [unknownExtension, unknownExtension] },
      leaf: { capabilities: { ...capabilities, extensions: [unknownExtension.type] } },
    });
  },
};
