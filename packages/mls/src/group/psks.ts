import { equalBytes } from '../codec/bytes.ts';
import type { GroupEnvironment } from '../environment.ts';
import type { PskInput } from '../key-schedule/key-schedule.ts';
import { derivePskSecret } from '../key-schedule/key-schedule.ts';
import type { PskId } from '../proposals/proposal.ts';
import { check } from '../validation/checks.ts';
import type { GroupState } from './group-state.ts';

/** Resumption PSKs of one group that are at hand. */
export type ResumptionSource = Pick<GroupState, 'epoch' | 'past'>;

/** psk_secret of the given PSKs; each must be known to the group's states or to the store. */
export async function pskSecretOf(
  env: Pick<GroupEnvironment, 'crypto' | 'psks'>,
  ids: readonly PskId[],
  resumption: ResumptionSource | undefined,
): Promise<Uint8Array> {
  const psks = await Promise.all(ids.map((id) => lookUp(env, id, resumption)));
  return derivePskSecret(env.crypto, psks);
}

async function lookUp(
  env: Pick<GroupEnvironment, 'psks'>,
  id: PskId,
  resumption: ResumptionSource | undefined,
): Promise<PskInput> {
  const psk =
    (id.kind === 'resumption' && resumption ? resumptionPsk(resumption, id) : undefined) ??
    (await env.psks?.find(id));
  check('psk-known', psk !== undefined);
  return { id, psk };
}

function resumptionPsk(
  { epoch, past }: ResumptionSource,
  id: Extract<PskId, { kind: 'resumption' }>,
): Uint8Array | undefined {
  if (!equalBytes(id.groupId, epoch.context.groupId)) return undefined;
  if (id.epoch === epoch.context.epoch) return epoch.secrets.resumption;
  return past.find(({ context }) => context.epoch === id.epoch)?.resumption;
}
