import { msOf } from '@heliogram/client';
import { AccountsService } from '@heliogram/protocol';
import type { CommandContext } from '../arguments/command.ts';
import { isoTime } from '../output/output.ts';
import { withSession } from '../session/session.ts';

export async function accountInviteCommand(context: CommandContext): Promise<void> {
  const { code, expiresAt } = await withSession(context, ({ call }) =>
    call(AccountsService.method.createSignUpInvite, {}),
  );
  const invite = { code, ...(expiresAt && { expiresAt: isoTime(msOf(expiresAt)) }) };
  context.out.result(invite, () => code);
}
