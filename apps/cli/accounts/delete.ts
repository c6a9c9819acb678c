import { answerChallenge, askChallenge } from '@heliogram/client';
import { nodePlatform } from '@heliogram/client/node';
import { AccountsService } from '@heliogram/protocol';
import type { CommandContext } from '../arguments/command.ts';
import { Profile } from '../session/profile.ts';
import { withSession } from '../session/session.ts';

export async function accountDeleteCommand(context: CommandContext): Promise<void> {
  await withSession(context, async ({ call, device }) => {
    const terms = await askChallenge(call, device.origin);
    const credentials = { ...device, signatureSeed: Buffer.from(device.signatureSeed, 'hex') };
    const signature = await answerChallenge(terms, credentials, nodePlatform.signer);
    const { challenge, origin } = terms;
    await call(AccountsService.method.deleteAccount, { challenge, origin, signature });
  });
  new Profile(context.profileDirectory).erase();
  context.out.done('The account is deleted.');
}
