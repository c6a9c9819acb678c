import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  create,
  type DescMessage,
  type DescMethodUnary,
  fromBinary,
  type MessageInitShape,
  type MessageShape,
  toBinary,
} from '@bufbuild/protobuf';
import { timestampMs } from '@bufbuild/protobuf/wkt';
import { answerChallenge, type DeviceCredentials, recover, revokeDevice } from '@heliogram/client';
import { nodePlatform } from '@heliogram/client/node';
import { AccountsService, ChannelsService, LogService } from '@heliogram/protocol';
import { AttackedServer } from './hostile/attacked-server.ts';
import { RawClient } from './hostile/raw-client.ts';

const { getChallenge, signIn, getMe, deleteAccount } = AccountsService.method;
let attacked: AttackedServer;

before(async () => {
  attacked = await AttackedServer.start('canary_identity');
});
after(() => attacked.judge());

test('SIM-9: a challenge is answered once, by whom it is for, where it is for', async (t) => {
  const { keys } = attacked.attacker;
  const { accountId: other } = attacked.canary.writer;

  await t.test('replayed on another connection', async () => {
    const first = await RawClient.greet(attacked.port);
    const second = await RawClient.greet(attacked.port);
    const answer = await signedAnswer(first, keys);
    assert.equal((await ask(first, signIn, answer)).code, 'ok');
    assert.equal((await ask(second, signIn, answer)).code, 'challenge_invalid');
    assert.equal((await ask(second, getMe, {})).code, 'unauthenticated');
    first.close();
    second.close();
  });

  await t.test('answered for another account or device', async () => {
    const client = await RawClient.greet(attacked.port);
    const asOther = { ...(await signedAnswer(client, keys)), accountId: other };
    assert.notEqual((await ask(client, signIn, asOther)).code, 'ok');
    const asOthersDevice = {
      ...(await signedAnswer(client, keys)),
      accountId: other,
      deviceId: attacked.canary.writer.deviceId,
    };
    assert.notEqual((await ask(client, signIn, asOthersDevice)).code, 'ok');
    const signedForOther = await signedAnswer(client, { ...keys, accountId: other });
    assert.notEqual((await ask(client, signIn, signedForOther)).code, 'ok');
    assert.equal((await ask(client, getMe, {})).code, 'unauthenticated');
    client.close();
  });

  await t.test('signed for another origin, or made up', async () => {
    const client = await RawClient.greet(attacked.port);
    const elsewhere = await signedAnswer(client, keys, 'https://evil.example');
    assert.equal((await ask(client, signIn, elsewhere)).code, 'origin_mismatch');
    const relayed = { ...elsewhere, origin: attacked.server.origin };
    assert.notEqual((await ask(client, signIn, relayed)).code, 'ok');
    const made = { ...(await signedAnswer(client, keys)), challenge: new Uint8Array(80) };
    assert.equal((await ask(client, signIn, made)).code, 'challenge_invalid');
    client.close();
  });

  await t.test('a sign-in that was used deletes no account', async () => {
    const client = await RawClient.greet(attacked.port);
    const { challenge, signature, ...device } = await signedAnswer(client, keys);
    assert.equal((await ask(client, signIn, { challenge, signature, ...device })).code, 'ok');
    const request = { challenge, signature, origin: attacked.server.origin };
    assert.equal((await ask(client, deleteAccount, request)).code, 'challenge_invalid');
    const fresh = await signedAnswer(client, keys);
    assert.equal((await ask(client, deleteAccount, fresh)).code, 'signature_invalid');
    assert.equal((await ask(client, getMe, {})).code, 'ok');
    client.close();
  });
});

test('SIM-10: nobody does with another account or its channel what is not his', async () => {
  const client = await attacked.signedIn();
  const { conversationId } = attacked.canary;
  const appendId = new Uint8Array(16).fill(7);
  const { payload } = attacked.attacker.client.posts.compose({ conversationId }, { text: 'mine' });
  const entries = [{ appendId, payload }];
  const appended = await ask(client, LogService.method.append, { conversationId, entries });
  const outcome = appended.answer?.results[0]?.outcome;
  assert.equal(outcome?.case === 'failure' ? outcome.value.code : outcome?.case, 'forbidden');
  const redact = { conversationId, seq: 1, appendId };
  assert.equal((await ask(client, LogService.method.redact, redact)).code, 'forbidden');
  const methods = ChannelsService.method;
  const { keys } = attacked.attacker;
  const rights = { post: true, edit: true, delete: true, invite: true, manage: true };
  const grant = { conversationId, accountId: keys.accountId, rights };
  const refusals = [
    await ask(client, methods.setAdmin, grant),
    await ask(client, methods.deleteChannel, { conversationId }),
    await ask(client, methods.updateChannel, { conversationId, title: 'taken over' }),
    await ask(client, methods.listAdmins, { conversationId }),
    await ask(client, methods.getStatistics, { conversationId, days: 1 }),
    await ask(client, methods.createInvite, { conversationId }),
    await ask(client, methods.setPinned, { conversationId, seq: 1, pinned: true }),
  ];
  assert.deepEqual(new Set(refusals.map(({ code }) => code)), new Set(['forbidden']));
  client.close();
});

test('SIM-11: a revoked device is cut off at once and never comes back', async () => {
  const { origin } = attacked.server;
  const { attacker } = attacked;
  const lent: DeviceCredentials[] = [];
  await recover({
    call: attacker.client.connection.call,
    origin,
    platform: nodePlatform,
    deviceName: 'second',
    phrase: attacker.recoveryPhrase,
    keep: async (keys) => void lent.push(keys),
  });
  const [second] = lent;
  assert.ok(second);
  const client = await RawClient.greet(attacked.port);
  assert.equal((await ask(client, signIn, await signedAnswer(client, second))).code, 'ok');
  const { connection, records } = attacker.client;
  const context = { call: connection.call, records, platform: nodePlatform };
  await revokeDevice(context, attacker.keys, second.deviceId);
  assert.equal(await client.ended(), 'device_revoked');
  const again = await RawClient.greet(attacked.port);
  assert.equal(
    (await ask(again, signIn, await signedAnswer(again, second))).code,
    'device_revoked',
  );
  assert.equal((await ask(again, getMe, {})).code, 'unauthenticated');
  again.close();
});

/** A sign-in as the device would ask for it, with a challenge of its own. */
async function signedAnswer(
  client: RawClient,
  device: DeviceCredentials,
  origin = attacked.server.origin,
) {
  const { answer } = await ask(client, getChallenge, {});
  assert.ok(answer?.expiresAt);
  const { challenge, expiresAt } = answer;
  const terms = { challenge, origin, expiresAt: timestampMs(expiresAt) };
  const signature = await answerChallenge(terms, device, nodePlatform.signer);
  const { accountId, deviceId } = device;
  return { challenge, accountId, deviceId, origin, signature };
}

async function ask<I extends DescMessage, O extends DescMessage>(
  client: RawClient,
  method: DescMethodUnary<I, O>,
  request: MessageInitShape<I>,
): Promise<{ readonly code: string; readonly answer: MessageShape<O> | undefined }> {
  const name = `${method.parent.typeName}/${method.name}`;
  const { code, payload } = await client.call(
    name,
    toBinary(method.input, create(method.input, request)),
  );
  return { code, answer: code === 'ok' ? fromBinary(method.output, payload) : undefined };
}
