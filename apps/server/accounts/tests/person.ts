import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampMs } from '@bufbuild/protobuf/wkt';
import {
  type CreatedAccount,
  createAccount,
  type DeviceSecrets,
  openRecoveryPhrase,
  parseDeviceId,
  recoverAccount,
  revokeDevice,
  rotateArchiveKey,
  signFindVault,
  signSignIn,
  signWithSubject,
  solveProofOfWork,
} from '@heliogram/crypto';
import { accountId, deviceId, type SignUpRequestSchema } from '@heliogram/protocol';
import type { DeviceCaller } from '../../gateway/service.ts';
import { ed25519Verifier } from '../index.ts';
import { accountsMethods, ORIGIN, type World } from './world.ts';

type SignUpInit = MessageInitShape<typeof SignUpRequestSchema>;

/** A device of an account that is signed up, and the caller that the gateway makes of it. */
export type Member = { readonly device: DeviceSecrets; readonly caller: DeviceCaller };

/** A person with a first device, as a client makes them; not signed up yet. */
export function newPerson(world: World, deviceName = 'laptop'): CreatedAccount {
  const { runtime } = world;
  const random = (length: number) => runtime.randomBytes(length);
  return createAccount({ deviceName, random, now: runtime.now() });
}

export async function challengeTerms(world: World, origin = ORIGIN) {
  const answer = await world.call(accountsMethods.getChallenge, {});
  const expiresAt = answer.expiresAt ? timestampMs(answer.expiresAt) : 0;
  return { challenge: answer.challenge, origin, expiresAt, difficultyBits: answer.difficultyBits };
}

/** A whole, honest sign-up request with a challenge of its own. */
export async function signUpRequest(
  world: World,
  person: CreatedAccount,
  changes: SignUpInit = {},
): Promise<SignUpInit> {
  const { difficultyBits, ...terms } = await challengeTerms(world);
  const { statement, vault, device, identityPublicKey } = person;
  const subject = { statement, vault };
  const task = { challenge: terms.challenge, identityPublicKey, difficultyBits };
  return {
    ...subject,
    challenge: terms.challenge,
    origin: terms.origin,
    signature: signWithSubject({ purpose: 'sign-up', device, terms, subject }),
    proofOfWork: nonceBytes(difficultyBits === 0 ? 0 : solve(task)),
    name: 'Ada',
    ...changes,
  };
}

export async function signUp(
  world: World,
  changes: SignUpInit = {},
): Promise<Member & { readonly person: CreatedAccount }> {
  const person = newPerson(world);
  await world.call(accountsMethods.signUp, await signUpRequest(world, person, changes));
  const { device } = person;
  return { person, device, caller: await callerOf(world, device) };
}

/** The caller that the gateway makes of a signed-in device. */
async function callerOf(world: World, device: DeviceSecrets): Promise<DeviceCaller> {
  const id = deviceId(device.deviceId);
  const found = await world.accounts.deviceOf(id);
  if (!found) throw new Error('the device is unknown');
  return {
    kind: 'device',
    address: '127.0.0.1',
    account: found.account,
    accountId: accountId(device.accountId),
    deviceId: id,
  };
}

export async function signInRequest(world: World, device: DeviceSecrets, origin = ORIGIN) {
  const { difficultyBits: _, ...terms } = await challengeTerms(world, origin);
  return {
    challenge: terms.challenge,
    origin,
    accountId: device.accountId,
    deviceId: device.deviceId,
    signature: signSignIn(device, terms),
  };
}

export async function findVaultRequest(world: World, phrase: string) {
  const { difficultyBits: _, ...terms } = await challengeTerms(world);
  const secrets = openRecoveryPhrase(phrase);
  const { challenge, origin } = terms;
  return { locator: secrets.locator, challenge, origin, signature: signFindVault(secrets, terms) };
}

/** What the phrase makes of the stored vault: a new device with its statement and vault. */
export async function recovered(world: World, phrase: string, deviceName = 'phone') {
  const found = await world.call(accountsMethods.findVault, await findVaultRequest(world, phrase));
  return recoverAccount({
    opener: openRecoveryPhrase(phrase),
    vault: found.vault,
    statements: found.statements,
    verifier: ed25519Verifier,
    deviceName,
    random: (length) => world.runtime.randomBytes(length),
    now: world.runtime.now(),
  });
}

export async function addDeviceRequest(
  world: World,
  change: Awaited<ReturnType<typeof recovered>>,
) {
  const { difficultyBits: _, ...terms } = await challengeTerms(world);
  const { statement, vault, device } = change;
  const subject = { statement, vault };
  const { challenge, origin } = terms;
  const signature = signWithSubject({ purpose: 'add-device', device, terms, subject });
  return { challenge, origin, accountId: change.accountId, statement, vault, signature };
}

/** Signs a second device up by phrase and returns it. */
export async function addDevice(world: World, phrase: string, name = 'phone'): Promise<Member> {
  const change = await recovered(world, phrase, name);
  await world.call(accountsMethods.addDevice, await addDeviceRequest(world, change));
  return { device: change.device, caller: await callerOf(world, change.device) };
}

/** The change by which a member's device revokes a device of its account, perhaps itself. */
export async function revocation(world: World, by: Member, of: string) {
  return revokeDevice({ ...(await access(world, by)), deviceId: parseDeviceId(of) });
}

export async function rotation(world: World, by: Member) {
  return rotateArchiveKey(await access(world, by));
}

async function access(world: World, { caller, device }: Member) {
  const { vault } = await world.call(accountsMethods.getVault, {}, caller);
  const { statements } = await world.call(accountsMethods.getDeviceList, {
    accountId: caller.accountId,
  });
  return {
    opener: device,
    vault,
    statements,
    verifier: ed25519Verifier,
    random: (length: number) => world.runtime.randomBytes(length),
    now: world.runtime.now(),
  };
}

export function nonceBytes(nonce: number): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(nonce));
  return Uint8Array.from(bytes);
}

function solve(task: Parameters<typeof solveProofOfWork>[0]): number {
  for (let from = 0; ; ) {
    const turn = solveProofOfWork(task, { from, attempts: 10_000 });
    if (turn.solved) return turn.nonce;
    from = turn.next;
  }
}
