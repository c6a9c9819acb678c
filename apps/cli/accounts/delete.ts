import { deleteAccount } from '@heliogram/client';
import { nodePlatform } from '@heliogram/client/node';
import type { CommandContext } from '../arguments/command.ts';
import { Profile } from '../session/profile.ts';
import { withSession } from '../session/session.ts';

export async function accountDeleteCommand(context: CommandContext): Promise<void> {
  await withSession(context, async ({ call, device: { origin, ...stored } }) => {
    const device = { ...stored, signatureSeed: Buffer.from(stored.signatureSeed, 'hex') };
    await deleteAccount({ call, device, origin, signer: nodePlatform.signer });
  });
  new Profile(context.profileDirectory).erase();
  context.out.done('Account deleted.');
}
