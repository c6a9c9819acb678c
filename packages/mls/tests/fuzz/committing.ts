import assert from 'node:assert/strict';
import {
  type CommitRequest,
  createCommit,
  decodeMessage,
  type GroupState,
  joinExternally,
  type ProposalRequest,
  type Welcome,
} from '../../src/index.ts';
import { Actor } from './actor.ts';
import { randomProposal } from './proposing.ts';
import type { Invitation, Scene } from './scene.ts';

/** A commit that may win an epoch. */
export interface Candidate {
  readonly actor: Actor;
  readonly message: Uint8Array;
  readonly welcome: Welcome | undefined;
  readonly invited: readonly Invitation[];
  /** The state in which it was made; for an external commit of a newcomer, that of a member. */
  readonly before: GroupState;
  readonly isExternal: boolean;
}

/** Up to four commits for one epoch; the delivery service takes any of them. */
export async function race(scene: Scene): Promise<Candidate> {
  const candidates: Candidate[] = [];
  for (const actor of scene.dice.some(scene.upToDate, 1, 3)) {
    candidates.push(await commitBy(scene, actor));
  }
  if (scene.groupInfo.length > 0 && scene.dice.oneIn(6)) {
    const external = await externalCommit(scene);
    if (external !== undefined) candidates.push(external);
  }
  if (candidates.length > 1) scene.count('race');
  return scene.dice.of(candidates);
}

async function commitBy(scene: Scene, actor: Actor): Promise<Candidate> {
  const { dice } = scene;
  const before = actor.state;
  const { proposals, invited } = await byValue(scene, actor);
  const request: CommitRequest = {
    proposals,
    commitPending: !dice.oneIn(4),
    forcePath: dice.oneIn(3),
    format: scene.randomFormat(),
    authenticatedData: Uint8Array.of(dice.below(256)),
    groupInfo: { includeTree: dice.oneIn(2) },
  };
  const { message, welcome } = actor.stored(await createCommit(actor.env, before, request));
  actor.plunder();
  if (dice.oneIn(3)) actor.restart();
  return { actor, message, welcome, invited, before, isExternal: false };
}

async function byValue(
  scene: Scene,
  actor: Actor,
): Promise<{ proposals: ProposalRequest[]; invited: Invitation[] }> {
  const { dice, options } = scene;
  const isAlone = scene.memberCount === 1;
  const proposals = actor.redo.splice(0).filter((request) => stillFits(scene, actor, request));
  const invited: Invitation[] = [];
  if (isAlone || (scene.hasRoom && dice.oneIn(2))) {
    const most = options.maxMembers > 100 ? 40 : 4;
    for (let count = dice.below(most) + (isAlone ? 1 : 0); count > 0; count--) {
      const invitation = await scene.invite();
      invited.push(invitation);
      proposals.push({ kind: 'add', keyPackage: invitation.made.keyPackage });
    }
  }
  if (proposals.length === 0 && !isAlone && dice.oneIn(2)) {
    const request = await randomProposal(scene, actor);
    if (request !== undefined) proposals.push(request);
  }
  return { proposals, invited };
}

/** Work that waited while other commits went through. */
function stillFits(scene: Scene, actor: Actor, request: ProposalRequest): boolean {
  const { tree, own } = actor.state.epoch;
  if (request.kind === 'psk') return false;
  if (request.kind !== 'remove') return true;
  const exists = tree.leaf(request.removed) !== undefined;
  return exists && request.removed !== own.leafIndex && scene.memberCount > 2;
}

/** A newcomer, or a member that lost its state and replaces its own leaf. */
async function externalCommit(scene: Scene): Promise<Candidate | undefined> {
  const decoded = decodeMessage(scene.groupInfo);
  assert.ok(decoded.kind === 'group_info');
  const { groupInfo } = decoded;
  if (scene.dice.oneIn(2) && scene.upToDate.length > 2) {
    const actor = scene.dice.of(scene.upToDate);
    const before = actor.state;
    const replaces = before.epoch.own.leafIndex;
    const request = { ...(await actor.identity()), groupInfo, replaces };
    return reborn(actor, await joinExternally(actor.env, request), before);
  }
  if (!scene.hasRoom) return undefined;
  const { actor } = await scene.invite();
  const request = { ...(await actor.identity()), groupInfo };
  return reborn(actor, await joinExternally(actor.env, request), scene.newest);
}

/** The same device with a new state, and all the loot of its former life. */
function reborn(
  former: Actor,
  joining: Awaited<ReturnType<typeof joinExternally>>,
  before: GroupState,
): Candidate {
  const actor = new Actor(former.name, former.env, former.cipherSuite);
  const message = actor.stored(joining);
  for (const pair of former.loot.keys.values()) actor.keep(pair);
  for (const [epoch, secret] of former.loot.initSecrets) actor.loot.initSecrets.set(epoch, secret);
  actor.plunder();
  return { actor, message, welcome: undefined, invited: [], before, isExternal: true };
}
