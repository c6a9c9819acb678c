import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type CommitRequest,
  credentialType,
  decodeMessage,
  type Extension,
  encodeMessage,
  exportSecret,
  externalSendersExtension,
  requiredCapabilitiesExtension,
} from '../src/index.ts';
import { clientIdentity, OpenMlsClient } from './interop/openmls-client.ts';
import { Client, environment, named } from './members.ts';

const suiteId = 1;
/** Real time, as the peer reads its own clock. */
const nowSeconds = BigInt(Math.floor(Date.now() / 1000));
const versions = [1];
const credentials = [credentialType.basic, credentialType.x509];
const leaf = {
  lifetime: { notBefore: nowSeconds - 3600n, notAfter: nowSeconds + 24n * 3600n },
  capabilities: { credentials },
};
const grease = 0x1a1a;
const greased = {
  versions,
  cipherSuites: [suiteId, 0x0a0a],
  extensions: [grease],
  proposals: [0x2a2a],
  credentials: [...credentials, 0x3a3a],
};

let groups = 0;

/** Ours and OpenMLS in one group, founded by ours. */
async function pair(): Promise<{ ours: Client; theirs: OpenMlsClient; groupId: Uint8Array }> {
  const groupId = Uint8Array.of(groups++);
  const theirs = await OpenMlsClient.create(1, groupId, suiteId);
  const ours = new Client(
    clientIdentity(2),
    environment(`kinds ${groups}`, { nowSeconds }),
    suiteId,
  );
  await ours.found({ groupId, ...leaf });
  const theirPackage = decodeMessage(Uint8Array.of(0, 1, 0, 5, ...(await theirs.keyPackage())));
  assert.ok(theirPackage.kind === 'key_package');
  const { keyPackage } = theirPackage;
  const { welcome } = await ours.commit({ proposals: [{ kind: 'add', keyPackage }] });
  ours.accept();
  assert.ok(welcome);
  await theirs.join(encodeMessage({ kind: 'welcome', welcome }));
  return { ours, theirs, groupId };
}

type Kind = (ours: Client, groupId: Uint8Array) => Promise<CommitRequest>;

function replacing(...extensions: readonly Extension[]): CommitRequest {
  return { proposals: [{ kind: 'group_context_extensions', extensions }] };
}

const kinds: Readonly<Record<string, Kind>> = {
  'an empty one': async () => ({}),
  'authenticated data': async () => ({ authenticatedData: Uint8Array.of(1, 2, 3) }),
  'GREASE in the capabilities of a leaf': async () => ({ leaf: { capabilities: greased } }),
  'a GREASE extension of a leaf': async () => ({
    leaf: { capabilities: greased, extensions: [{ type: grease, data: Uint8Array.of(1) }] },
  }),
  'an application id': async () => ({
    leaf: { extensions: [{ type: 1, data: Uint8Array.of(1, 7) }] },
  }),
  'another credential': async () => ({ leaf: { credential: named(clientIdentity(9)) } }),
  'no group extensions': async () => replacing(),
  'an external sender': async (ours) => {
    const crypto = ours.env.provider.suite(suiteId);
    const { publicKey } = await crypto.generateSignatureKeyPair(ours.env.random);
    const sender = { signatureKey: publicKey, credential: named('outsider') };
    return replacing(externalSendersExtension([sender]));
  },
  'required capabilities': async () => {
    const credentialTypes = [credentialType.basic];
    const required = { extensionTypes: [5], proposalTypes: [1, 3], credentialTypes };
    return replacing(requiredCapabilitiesExtension(required));
  },
  'a resumption PSK': async (_ours, groupId) => ({
    proposals: [
      { kind: 'psk', psk: { kind: 'resumption', usage: 'application', groupId, epoch: 1n } },
    ],
  }),
  'an addition without a path': async (ours) => {
    const other = new Client(clientIdentity(5), ours.env, suiteId);
    const { keyPackage } = await other.keyPackage(leaf);
    return { proposals: [{ kind: 'add', keyPackage }] };
  },
  'a reinitialization': async () => ({
    proposals: [
      {
        kind: 'reinit',
        reinit: { groupId: Uint8Array.of(7), version: 1, cipherSuite: suiteId, extensions: [] },
      },
    ],
  }),
};

for (const [name, request] of Object.entries(kinds)) {
  test(`OpenMLS follows a commit of ours: ${name}`, async () => {
    const { ours, theirs, groupId } = await pair();
    const { message } = await ours.commit(await request(ours, groupId));
    ours.accept();
    await theirs.receive(message);
    const exporting = { label: 'exporter', context: new Uint8Array(0), length: 32 };
    const secret = exportSecret(ours.env, ours.state, exporting);
    assert.deepEqual(await theirs.exportSecret(32), secret);
  });
}
