import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  answerChallenge,
  askChallenge,
  type ClientStore,
  Connection,
  createMemoryStore,
  type DeviceKeys,
  deleteAccount,
  OwnState,
  type Platform,
  recover,
  revokeDevice,
} from '@heliogram/client';
import { nodePlatform } from '@heliogram/client/node';
import { decodeDeviceSecrets, openRecoveryPhrase } from '@heliogram/crypto';
import { AccountsService, ChannelsService, LogService, OwnStateService } from '@heliogram/protocol';
import { newChannel, newPerson, type Person } from './processes/person.ts';
import { ServerProcesses } from './processes/server-process.ts';

test('SIM-13: what only a client may know is nowhere on the server', async (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'heliogram-secrets-'));
  const server = new ServerProcesses(directory, { logLevel: 'debug' });
  t.after(async () => {
    await server.close();
    rmSync(directory, { recursive: true, force: true });
  });
  await server.start();
  const { origin } = server;
  const drawn: Uint8Array[] = [];
  const store = createMemoryStore();
  const person = await newPerson(origin, 'careful', { platform: recording(drawn), store });
  const second = await addDevice(origin, person);
  const draft = 'a thought that only its own devices may read';
  const sealed = await shareDraft(person, store, draft);
  const thought = formsOf('a draft', Buffer.from(draft));
  const secrets = [...secretsOf(person, second), ...drawn.flatMap(drawnForms), ...thought];
  assert.ok(drawn.length >= 4, 'identity, device, seal, phrase and archive keys were drawn');
  await useEverything(origin, person, second);
  await misuseSecrets(origin, person);

  const spoken = 'a sentence that everybody may read';
  await say(person, spoken);
  assertNowhere(secrets, bytesUnder(directory), server.output);
  await person.client.close();
  // What a clean end writes, and what a restart reads and writes.
  await server.kill();
  await server.start();
  assertNowhere(secrets, bytesUnder(directory), server.output);
  // The search itself works: what is public is found by it.
  const found = bytesUnder(directory).filter(({ bytes }) => bytes.includes(spoken));
  assert.ok(found.length > 0, 'not even what is public was found');
  assert.ok(holds(directory, sealed), 'what was shared is not there, sealed');
});

test('OWN-6: with its account every sealed byte of own state goes', async (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'heliogram-own-'));
  const server = new ServerProcesses(directory, { logLevel: 'debug' });
  t.after(async () => {
    await server.close();
    rmSync(directory, { recursive: true, force: true });
  });
  await server.start();
  const { origin } = server;
  const store = createMemoryStore();
  const person = await newPerson(origin, 'leaving', { store });
  const sealed = await shareDraft(person, store, 'last words');
  assert.ok(holds(directory, sealed));
  const { client, keys } = person;
  const { call } = client.connection;
  await deleteAccount({ call, origin, device: keys, signer: nodePlatform.signer });
  await client.close();
  for (let tries = 0; holds(directory, sealed) && tries < 100; tries += 1) await sleep(50);
  assert.equal(holds(directory, sealed), false);
});

/** Shares a draft with the account's other devices; answers what of it is in the log. */
async function shareDraft(
  { client, keys }: Person,
  store: ClientStore,
  text: string,
): Promise<Buffer> {
  const own = new OwnState({ client, platform: nodePlatform, store, keys });
  await own.start();
  await own.set({ kind: 'draft', scope: 'ab'.repeat(16) }, { text });
  const { conversationId } = await client.call(OwnStateService.method.openOwnState, {});
  for (;;) {
    await own.flush();
    const { entries } = await client.call(LogService.method.read, { conversationId });
    const [entry] = entries;
    if (entry) return Buffer.from(entry.payload);
    await sleep(20);
  }
}

function holds(directory: string, bytes: Buffer): boolean {
  return bytesUnder(directory).some((file) => file.bytes.includes(bytes));
}

type Stored = { readonly file: string; readonly bytes: Buffer };
type Secret = { readonly name: string; readonly bytes: Buffer };

async function addDevice(origin: string, { recoveryPhrase }: Person): Promise<DeviceKeys> {
  const kept: DeviceKeys[] = [];
  const connection = new Connection({ origin, platform: nodePlatform, clientName: 'test' });
  await recover({
    call: connection.call,
    origin,
    platform: nodePlatform,
    deviceName: 'second',
    phrase: recoveryPhrase,
    keep: async (keys) => void kept.push(keys),
  });
  connection.close();
  const [keys] = kept;
  assert.ok(keys);
  return keys;
}

/** The flows of a client in which a careless one could let a secret slip. */
async function useEverything(origin: string, person: Person, second: DeviceKeys): Promise<void> {
  const { client, keys } = person;
  const { call } = client.connection;
  await call(AccountsService.method.updateProfile, { name: 'Careful', bio: 'says little' });
  await call(AccountsService.method.getVault, {});
  const { records } = client;
  await revokeDevice({ call, records, platform: nodePlatform }, keys, second.deviceId);
  const conversationId = await newChannel(person, 'careful_channel');
  await client.posts.edit(conversationId, await say(person, 'before', conversationId), 'after');
  await call(LogService.method.acknowledge, { marks: [{ conversationId, seq: 1 }] });
  await call(ChannelsService.method.getStatistics, { conversationId, days: 1 });
  const signed = await askChallenge(call, origin);
  await answerChallenge(signed, keys, nodePlatform.signer);
}

/** What people do by mistake: a secret where something else belongs. None of it is kept. */
async function misuseSecrets(origin: string, { keys, recoveryPhrase, client }: Person) {
  const { call } = client.connection;
  const seed = Buffer.from(keys.signatureSeed).toString('hex');
  const { signIn, checkUsername, resolveUsername } = AccountsService.method;
  const wrong = { challenge: keys.signatureSeed, origin, signature: new Uint8Array(64) };
  const { accountId, deviceId } = keys;
  const mistakes = [
    call(signIn, { ...wrong, accountId, deviceId }),
    call(checkUsername, { username: recoveryPhrase.slice(0, 60) }),
    call(resolveUsername, { username: seed.slice(0, 60) }),
    call(ChannelsService.method.previewInvite, { inviteToken: seed.slice(0, 60) }),
    call(ChannelsService.method.listDirectory, { query: recoveryPhrase }),
    fetch(`${origin}/${encodeURIComponent(recoveryPhrase)}?seed=${seed}`, {
      headers: { authorization: `Bearer ${seed}`, 'user-agent': recoveryPhrase },
    }),
  ];
  await Promise.allSettled(mistakes);
}

async function say(person: Person, text: string, conversationId?: string): Promise<number> {
  const channel = conversationId ?? (await newChannel(person, 'open_words'));
  const [outgoing] = await person.client.posts.send({ conversationId: channel }, [{ text }]);
  return (await outgoing?.posted)?.seq ?? 0;
}

/** In every form in which they could have been written down. */
function secretsOf({ keys, recoveryPhrase }: Person, second: DeviceKeys): readonly Secret[] {
  const first = decodeDeviceSecrets(keys.secrets);
  const other = decodeDeviceSecrets(second.secrets);
  const phrase = openRecoveryPhrase(recoveryPhrase);
  const words = recoveryPhrase.split(' ');
  const raw = {
    'the first device key': first.signatureSeed,
    'what opens the vault on the first device': first.sealSeed,
    'the second device key': other.signatureSeed,
    'what opens the vault on the second device': other.sealSeed,
    'what the phrase opens the vault with': phrase.openerSeed,
    'what the phrase signs with': phrase.lookupSeed,
    'what binds the phrase to the account': phrase.bindingKey,
  };
  return [
    ...Object.entries(raw).flatMap(([name, bytes]) => formsOf(name, bytes)),
    { name: 'the recovery phrase', bytes: Buffer.from(recoveryPhrase) },
    { name: 'a part of the phrase', bytes: Buffer.from(words.slice(3, 7).join(' ')) },
    { name: 'a part of the phrase', bytes: Buffer.from(words.slice(12, 16).join('%20')) },
  ];
}

/** The client's own randomness at sign-up: identity key, device keys, phrase and archive key are of it. */
function recording(drawn: Uint8Array[]): Platform {
  const bytes = (length: number): Uint8Array => {
    const random = nodePlatform.random.bytes(length);
    if (length >= 32) drawn.push(Uint8Array.from(random));
    return random;
  };
  return { ...nodePlatform, random: { bytes } };
}

const drawnForms = (bytes: Uint8Array, i: number): readonly Secret[] =>
  formsOf(`random bytes ${i} of the sign-up`, bytes);

function formsOf(name: string, secret: Uint8Array): readonly Secret[] {
  const bytes = Buffer.from(secret);
  return [
    { name, bytes: bytes.subarray(0, 32) },
    { name: `${name} in hex`, bytes: Buffer.from(bytes.toString('hex').slice(0, 40)) },
    { name: `${name} in base64`, bytes: Buffer.from(bytes.toString('base64').slice(0, 28)) },
    { name: `${name} in base64url`, bytes: Buffer.from(bytes.toString('base64url').slice(0, 28)) },
  ];
}

function bytesUnder(directory: string): readonly Stored[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const file = join(entry.parentPath, entry.name);
      return { file, bytes: readFileSync(file) };
    });
}

function assertNowhere(secrets: readonly Secret[], files: readonly Stored[], log: string): void {
  assert.ok(
    files.some(({ bytes }) => bytes.byteLength > 0),
    'there is no data',
  );
  const places = [...files, { file: 'the log', bytes: Buffer.from(log) }];
  for (const { name, bytes: secret } of secrets) {
    for (const { file, bytes } of places)
      assert.ok(!bytes.includes(secret), `${name} is in ${file}`);
  }
}
