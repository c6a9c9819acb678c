import { type Environment, forSuite } from '../environment.ts';
import { UsageError } from '../errors.ts';
import { decodeMessage } from '../framing/message.ts';
import type { GroupState } from '../group/group-state.ts';
import { openEpoch } from '../seal/open-epoch.ts';
import { decodeRosterPart, encodeRosterPart, type Roster } from '../seal/roster.ts';
import { cipherSuiteOfSeal, sealEpoch } from '../seal/seal-epoch.ts';
import type { EngineHistory, EngineSeal } from './mls-engine.ts';

/** @param earlier the whole roster of the last sealed epoch. */
export function sealState(
  env: Environment,
  state: GroupState,
  earlier: Uint8Array | undefined,
): EngineSeal {
  const { crypto } = forSuite(env, state.epoch.context.cipherSuite);
  const base = earlier && decodeRosterPart(crypto, earlier, undefined);
  const { secretPart, rosterPart, roster } = sealEpoch(env, state, base);
  return { secretPart, rosterPart, roster: encodeRosterPart(crypto, roster, undefined) };
}

/** @param rosters a snapshot, then each delta up to the epoch. */
export function unsealEpoch(
  env: Environment,
  secretPart: Uint8Array,
  rosters: readonly Uint8Array[],
): EngineHistory {
  const { crypto } = forSuite(env, cipherSuiteOfSeal(secretPart));
  let roster: Roster | undefined;
  for (const part of rosters) roster = decodeRosterPart(crypto, part, roster);
  if (roster === undefined) throw new UsageError('roster-missing', 'A sealed epoch needs a roster');
  const reader = openEpoch(env, secretPart, roster);
  const known = roster;
  return {
    read: async (message) => {
      const { sender, credential, data, authenticatedData } = await reader.read(
        decodeMessage(message),
      );
      const signatureKey = known.members.get(sender)?.signatureKey ?? new Uint8Array(0);
      const { epoch } = reader.context;
      return { data, authenticatedData, epoch, sender, credential, signatureKey };
    },
  };
}
