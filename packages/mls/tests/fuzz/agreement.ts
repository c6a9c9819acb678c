import assert from 'node:assert/strict';
import { type GroupState, snapshotState } from '../../src/index.ts';
import { type Actor, keyName } from './actor.ts';
import type { Scene } from './scene.ts';

/** All who are in the newest epoch agree on it, and everybody's keys are those they should have. */
export function checkAgreement(scene: Scene): void {
  const truth = scene.newest.epoch;
  for (const actor of scene.upToDate) {
    const { secrets, tree, context } = actor.state.epoch;
    assert.deepEqual(secrets.authenticator, truth.secrets.authenticator, actor.name);
    assert.deepEqual(context, truth.context);
    assert.equal(tree.memberCount, scene.memberCount);
    checkKeys(scene, actor);
    checkForgotten(actor);
  }
  const keys = scene.knowledge.tree.allKeys();
  for (const actor of scene.outsiders) {
    const held = keys.filter((key) => actor.loot.keys.has(key));
    assert.deepEqual(held, [], `${actor.name} holds keys of a group it is not in`);
  }
}

/** A member holds the keys above its leaf where it is merged, and no other key of the tree. */
function checkKeys({ knowledge }: Scene, actor: Actor): void {
  const leaf = knowledge.leafOf(actor.name);
  assert.ok(leaf !== undefined);
  assert.equal(actor.state.epoch.own.leafIndex, leaf);
  const mine = knowledge.tree.keysOf(leaf);
  const { own } = actor.state.epoch;
  const held = [own.leafKey, ...own.pathKeys.values()].map((pair) => keyName(pair.publicKey));
  assert.deepEqual(held.toSorted(), mine.toSorted(), `${actor.name} holds its keys`);
  const others = knowledge.tree.allKeys().filter((key) => !mine.includes(key));
  const foreign = others.filter((key) => actor.loot.keys.has(key));
  assert.deepEqual(foreign, [], `${actor.name} holds keys of others`);
}

/** What a member would store holds no private key and no init secret of the past. */
function checkForgotten(actor: Actor): void {
  const { epoch, proposals, ownUpdates, pendingCommit } = actor.state;
  const proposed = [...proposals.values()].filter(({ proposal }) => proposal.kind === 'update');
  assert.ok(ownUpdates.length <= proposed.length, `${actor.name} keeps updates of the past`);
  const next = pendingCommit?.next.own;
  const present = [epoch.own.leafKey, ...epoch.own.pathKeys.values()];
  const waiting = [...ownUpdates.map(({ leafKey }) => leafKey)];
  if (next !== undefined) waiting.push(next.leafKey, ...next.pathKeys.values());
  const alive = new Set([...present, ...waiting].map(({ publicKey }) => keyName(publicKey)));
  const stored = Buffer.from(snapshotState(actor.env, actor.state).head);
  for (const [name, { privateKey }] of actor.loot.keys) {
    if (alive.has(name)) continue;
    assert.ok(
      !stored.includes(Buffer.from(privateKey)),
      `${actor.name} keeps the private key of ${name}`,
    );
  }
  for (const [number, secret] of actor.loot.initSecrets) {
    if (number === epoch.context.epoch) continue;
    assert.ok(
      !stored.includes(Buffer.from(secret)),
      `${actor.name} keeps the init secret of ${number}`,
    );
  }
}

/** The engine's tree in the model's words. */
export function linesOf(state: GroupState): string[] {
  return [...state.epoch.tree.slots()].map((slot) => {
    const { leaf, node } =
      slot.kind === 'leaf' ? { ...slot, node: undefined } : { ...slot, leaf: undefined };
    const key = (leaf ?? node)?.encryptionKey;
    if (key === undefined) return `${slot.index}`;
    return `${slot.index} ${keyName(key)} [${(node?.unmergedLeaves ?? []).join()}]`;
  });
}
