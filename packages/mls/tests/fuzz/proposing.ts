import {
  type Extension,
  type ProposalRequest,
  propose,
  proposeExternally,
  proposeOwnAddition,
  proposeUpdate,
} from '../../src/index.ts';
import { type Actor, customGroupExtension, customProposal, keyName } from './actor.ts';
import { outsiderExtension, type Scene } from './scene.ts';

const maxWaiting = 6;

/** Somebody proposes something for whoever commits next. */
export async function proposeSomething(scene: Scene): Promise<void> {
  const speaker = scene.dice.of(scene.upToDate);
  if (speaker.state.proposals.size > maxWaiting) return;
  const choice = scene.dice.below(8);
  if (choice === 0) return proposeFromOutside(scene, speaker);
  if (choice <= 3) return proposeOwnUpdate(scene, speaker);
  const request = await randomProposal(scene, speaker);
  if (request === undefined) return;
  const format = scene.randomFormat();
  const send = await propose(speaker.env, speaker.state, { ...request, format });
  scene.broadcast({ kind: 'proposal', message: speaker.stored(send) }, speaker);
  scene.count(`${request.kind} proposal`);
}

async function proposeOwnUpdate(scene: Scene, speaker: Actor): Promise<void> {
  const format = scene.randomFormat();
  const message = speaker.stored(await proposeUpdate(speaker.env, speaker.state, { format }));
  speaker.plunder();
  const update = speaker.state.ownUpdates.at(-1);
  if (update !== undefined) {
    scene.knowledge.owns(speaker.name, keyName(update.leafKey.publicKey));
  }
  scene.broadcast({ kind: 'proposal', message }, speaker);
  scene.count('update proposal');
}

/** By the listed external sender, or by a device that wants in. */
async function proposeFromOutside(scene: Scene, anybody: Actor): Promise<void> {
  const { cipherSuite } = scene.newest.epoch.context;
  const target = { cipherSuite, groupId: scene.groupId, epoch: scene.epoch };
  if (scene.dice.oneIn(2) && scene.hasRoom) {
    const { actor, made } = await scene.invite();
    const { signaturePrivateKey } = made.secrets;
    const addition = { ...target, keyPackage: made.keyPackage, signaturePrivateKey };
    scene.broadcast({ kind: 'proposal', message: await proposeOwnAddition(actor.env, addition) });
    return scene.count('own addition');
  }
  const message = await proposeExternally(anybody.env, {
    ...target,
    proposal: { kind: 'remove', removed: scene.randomLeaf() },
    senderIndex: 0,
    signaturePrivateKey: scene.outsider.privateKey,
  });
  scene.broadcast({ kind: 'proposal', message });
  scene.count('external proposal');
}

export async function randomProposal(
  scene: Scene,
  speaker: Actor,
): Promise<ProposalRequest | undefined> {
  const { dice } = scene;
  switch (dice.below(6)) {
    case 0:
    case 1: {
      if (!scene.hasRoom) return undefined;
      const { made } = await scene.invite();
      return { kind: 'add', keyPackage: made.keyPackage };
    }
    case 2: {
      const removed = scene.randomLeaf();
      if (scene.memberCount < 3 || removed === speaker.state.epoch.own.leafIndex) return undefined;
      return { kind: 'remove', removed };
    }
    case 3:
      return { kind: 'psk', psk: randomPsk(scene) };
    case 4:
      return { kind: 'group_context_extensions', extensions: randomExtensions(scene) };
    default:
      return { kind: 'custom', type: customProposal, data: Uint8Array.of(dice.below(256)) };
  }
}

/** External, or of an epoch within everybody's window. */
function randomPsk(scene: Scene): Extract<ProposalRequest, { kind: 'psk' }>['psk'] {
  const { dice, groupId } = scene;
  const back = BigInt(dice.below(3));
  const epoch = scene.epoch > back ? scene.epoch - back : scene.epoch;
  if (dice.oneIn(2)) return { kind: 'external', id: Uint8Array.of(dice.below(4)) };
  return { kind: 'resumption', usage: 'application', groupId, epoch };
}

function randomExtensions({ dice, outsider }: Scene): Extension[] {
  const custom = customGroupExtension(Uint8Array.of(dice.below(256)));
  return dice.oneIn(2) ? [outsiderExtension(outsider), custom] : [outsiderExtension(outsider)];
}
