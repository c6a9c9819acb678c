import assert from 'node:assert/strict';
import test from 'node:test';
import {
  create,
  type DescMessage,
  type DescMethodUnary,
  type MessageInitShape,
  toBinary,
} from '@bufbuild/protobuf';
import { AccountsService, AdminService, HeliogramError } from '@heliogram/protocol';
import type { Caller } from '../gateway/service.ts';
import {
  addDeviceRequest,
  findVaultRequest,
  newPerson,
  recovered,
  signInRequest,
  signUp,
  signUpRequest,
} from './tests/person.ts';
import { nobody, openWorld, operator, TestRuntime, type World } from './tests/world.ts';

const SEED = process.env['ACCOUNTS_FUZZ_SEED'] ?? '1';

type Call = { readonly name: string; readonly payload: Uint8Array; readonly caller: Caller };

/** Anything but a defect: an answer, or a typed error that blames somebody else. */
async function mayAnswer(world: World, call: Call) {
  const { name, payload, caller } = call;
  try {
    await world.dispatcher.call(name, payload, { caller });
  } catch (error) {
    assert.ok(error instanceof HeliogramError);
    const bytes = Buffer.from(payload).toString('hex');
    assert.notEqual(error.blame, 'internal', `seed ${SEED}: ${name} of ${bytes}`);
  }
}

function encode<I extends DescMessage>(
  method: DescMethodUnary<I>,
  request: MessageInitShape<I>,
): Uint8Array {
  return toBinary(method.input, create(method.input, request));
}

test('ACC-43: fuzzed requests of every method get typed errors', async (t) => {
  t.diagnostic(`seed ${SEED}`);
  const random = new TestRuntime(SEED);
  const world = openWorld(t);
  const { caller } = await signUp(world);
  for (const service of [AccountsService, AdminService]) {
    const by = service === AdminService ? operator : caller;
    for (const method of service.methods) {
      const name = `${service.typeName}/${method.name}`;
      for (let length = 0; length < 64; length++) {
        await mayAnswer(world, { name, payload: random.randomBytes(length), caller: by });
      }
    }
  }
});

test('ACC-43: honest requests with any part changed get typed errors, and change nothing', async (t) => {
  t.diagnostic(`seed ${SEED}`);
  const random = new TestRuntime(SEED);
  const draw = (below: number) => Buffer.from(random.randomBytes(4)).readUInt32BE() % below;
  const world = openWorld(t);
  const member = await signUp(world);
  const change = await recovered(world, member.person.recoveryPhrase);
  const { method } = AccountsService;
  const honest = async () =>
    [
      [method.signUp, encode(method.signUp, await signUpRequest(world, newPerson(world)))],
      [method.signIn, encode(method.signIn, await signInRequest(world, member.device))],
      [method.addDevice, encode(method.addDevice, await addDeviceRequest(world, change))],
      [
        method.findVault,
        encode(method.findVault, await findVaultRequest(world, member.person.recoveryPhrase)),
      ],
    ] as const;
  for (let round = 0; round < 60; round++) {
    for (const [{ parent, name }, payload] of await honest()) {
      const bytes = Uint8Array.from(payload);
      const at = draw(bytes.length);
      bytes[at] = (bytes[at] ?? 0) ^ (1 + draw(255));
      const call = { name: `${parent.typeName}/${name}`, payload: bytes, caller: nobody };
      await mayAnswer(world, call);
    }
  }
  const { db } = world.storage;
  const devices = await db.selectFrom('devices').select('account').execute();
  assert.equal(devices.filter(({ account }) => account === member.caller.account).length, 1);
});
