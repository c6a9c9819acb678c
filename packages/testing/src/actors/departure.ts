import { deleteAccount } from '@heliogram/client';
import { nodePlatform } from '@heliogram/client/node';
import type { Actor } from './actor.ts';

/** Deletes the account, for good. Whoever does it owns nothing. */
export async function depart(actor: Actor): Promise<void> {
  const { device, world } = actor;
  actor.say('deletes the account');
  const { credentials, origin } = device;
  const outcome = await actor.persist(({ connection }) =>
    deleteAccount({
      call: connection.call,
      device: credentials,
      origin,
      signer: nodePlatform.signer,
    }),
  );
  // What was done and never told shows when it is asked again: there is nobody any more.
  const gone = outcome.kind === 'refused' && !outcome.sure && outcome.code !== 'suspended';
  if (outcome.kind === 'done' || gone) world.departed(actor);
}
