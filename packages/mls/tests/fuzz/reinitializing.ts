import assert from 'node:assert/strict';
import { createCommit, createGroup, joinGroup, type ProposalRequest } from '../../src/index.ts';
import { Actor } from './actor.ts';
import type { Scene } from './scene.ts';

/** The end of a history: the group is reinitialized, and those online go on in a new one. */
export async function reinitialize(scene: Scene): Promise<void> {
  const [first, ...others] = scene.online;
  assert.ok(first);
  const reinit = {
    groupId: Uint8Array.of(...scene.groupId, 1),
    version: 1,
    cipherSuite: scene.options.suiteId,
    extensions: [],
  };
  const ending = await createCommit(first.env, first.state, {
    proposals: [{ kind: 'reinit', reinit }],
    commitPending: false,
  });
  const { message } = first.stored(ending);
  for (const actor of [first, ...others]) await actor.handle({ kind: 'commit', message });
  for (const actor of [first, ...others]) assert.equal(actor.state.status.kind, 'reinitialized');
  scene.enter(first.state);
  await succeed(scene, [first, ...others], reinit.groupId);
  scene.count('reinitialization');
}

async function succeed(scene: Scene, members: readonly Actor[], groupId: Uint8Array) {
  const [former, ...formerOthers] = members;
  assert.ok(former);
  const founder = new Actor(former.name, former.env, former.cipherSuite);
  founder.state = await createGroup(founder.env, { ...(await founder.identity()), groupId });
  const invitations = await Promise.all(formerOthers.map((actor) => actor.keyPackage()));
  const proposals: ProposalRequest[] = invitations.map(({ keyPackage }) => ({
    kind: 'add',
    keyPackage,
  }));
  const { epoch } = scene;
  const psk = { kind: 'resumption', usage: 'reinit', groupId: scene.groupId, epoch } as const;
  const send = await createCommit(founder.env, founder.state, {
    proposals: [...proposals, { kind: 'psk', psk }],
  });
  const { welcome } = founder.stored(send);
  founder.accept();
  for (const [position, made] of invitations.entries()) {
    const actor = formerOthers[position];
    assert.ok(actor && welcome);
    const { keyPackage, secrets } = made;
    const request = {
      welcome,
      keyPackage,
      secrets,
      continues: actor.state,
      claim: () => true,
    };
    const { state } = await joinGroup(actor.env, request);
    assert.deepEqual(
      state.epoch.secrets.authenticator,
      founder.state.epoch.secrets.authenticator,
      `${actor.name} goes on in the new group`,
    );
  }
}
