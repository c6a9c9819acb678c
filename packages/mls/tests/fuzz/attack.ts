import assert from 'node:assert/strict';
import type { SuiteCrypto } from '../../src/crypto-provider.ts';
import { groupContextBytes } from '../../src/group/group-context.ts';
import { decodeMessage, type GroupState } from '../../src/index.ts';
import {
  deriveEpochSecrets,
  deriveJoinerSecret,
  derivePskSecret,
  type PskInput,
} from '../../src/key-schedule/key-schedule.ts';
import { decryptWithLabel } from '../../src/labels/encrypt.ts';
import type { Actor } from './actor.ts';
import type { Dice } from './dice.ts';

/** What everybody can see of an epoch change, and the truth to compare a guess with. */
export interface Transition {
  readonly message: Uint8Array;
  readonly before: GroupState;
  readonly after: GroupState;
  readonly psks: readonly PskInput[];
}

interface Trials {
  readonly crypto: SuiteCrypto;
  readonly actor: Actor;
  readonly transition: Transition;
  readonly dice: Dice;
}

const maxTrials = 60;

/**
 * One who is no member of the new epoch tries to enter it with all it ever held: without a path
 * secret, and with every path secret that one of its keys opens.
 */
export async function attack(actor: Actor, transition: Transition, dice: Dice): Promise<void> {
  const crypto = actor.env.provider.suite(actor.cipherSuite);
  const init = actor.loot.initSecrets.get(transition.before.epoch.context.epoch);
  const opened = await openedPathSecrets({ crypto, actor, transition, dice });
  assert.deepEqual(opened, [], `${actor.name} opens a path secret of a group it is not in`);
  if (init === undefined) return;
  const guess = epochWithoutPath(crypto, init, transition);
  assert.notDeepEqual(
    guess,
    transition.after.epoch.secrets.authenticator,
    `${actor.name} enters an epoch without a commit secret`,
  );
}

async function openedPathSecrets({
  crypto,
  actor,
  transition,
  dice,
}: Trials): Promise<Uint8Array[]> {
  const { message, before, after } = transition;
  const decoded = decodeMessage(message);
  if (decoded.kind !== 'public') return [];
  const { body } = decoded.message.authenticated.content;
  const path = body.kind === 'commit' ? body.commit.path : undefined;
  const { confirmedTranscriptHash } = before.epoch.context;
  const context = groupContextBytes({ ...after.epoch.context, confirmedTranscriptHash });
  const trials = (path?.nodes ?? []).flatMap(({ encryptedPathSecrets }) =>
    encryptedPathSecrets.flatMap((ciphertext) =>
      [...actor.loot.keys.values()].map((keyPair) => ({ ...ciphertext, keyPair })),
    ),
  );
  const opened: Uint8Array[] = [];
  for (const trial of dice.some(trials, maxTrials, maxTrials)) {
    try {
      opened.push(await decryptWithLabel(crypto, { ...trial, label: 'UpdatePathNode', context }));
    } catch {}
  }
  return opened;
}

/** The authenticator of an epoch reached without a commit secret. */
export function epochWithoutPath(
  crypto: SuiteCrypto,
  initSecret: Uint8Array,
  { after, psks }: Transition,
): Uint8Array {
  const { contextBytes } = after.epoch;
  const commitSecret = new Uint8Array(crypto.suite.hashLength);
  const joinerSecret = deriveJoinerSecret(crypto, { initSecret, commitSecret, contextBytes });
  const pskSecret = derivePskSecret(crypto, psks);
  return deriveEpochSecrets(crypto, { joinerSecret, pskSecret }, contextBytes).authenticator;
}
