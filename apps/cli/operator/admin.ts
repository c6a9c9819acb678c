import { msOf, timestampOf } from '@heliogram/client';
import { AdminService, limits } from '@heliogram/protocol';
import type { CommandContext } from '../arguments/command.ts';
import { isoTime, shortTime } from '../output/output.ts';
import { printable, shorten } from '../output/terminal-text.ts';
import { operatorCaller } from './operator-caller.ts';

export async function adminInviteCommand({ args, out }: CommandContext): Promise<void> {
  const expires = args.time('expires');
  const call = await operatorCaller(args);
  const { codes } = await call(AdminService.method.createSignUpInvites, {
    count: args.number('count', { min: 1, max: 1_000 }) ?? 1,
    uses: args.number('uses', { min: 1, max: 100_000 }) ?? 1,
    ...(expires !== undefined && { expiresAt: timestampOf(expires) }),
  });
  for (const code of codes) out.result({ code }, () => code);
}

export async function adminSuspendCommand({ args, out }: CommandContext): Promise<void> {
  const call = await operatorCaller(args);
  const { accountIds } = await call(AdminService.method.suspendAccount, {
    account: args.word('ACCOUNT'),
    reason: args.required('reason'),
    branch: args.on('branch'),
  });
  for (const accountId of accountIds) out.result({ accountId }, () => `Suspended ${accountId}`);
}

export async function adminRestoreCommand({ args, out }: CommandContext): Promise<void> {
  const call = await operatorCaller(args);
  await call(AdminService.method.restoreAccount, { account: args.word('ACCOUNT') });
  out.done('The suspension was lifted.');
}

export async function adminTakeDownCommand({ args, out }: CommandContext): Promise<void> {
  const call = await operatorCaller(args);
  await call(AdminService.method.takeDown, {
    channel: args.word('CHANNEL'),
    seq: args.optionalWord('SEQ') === undefined ? 0 : args.seq(),
    reason: args.required('reason'),
  });
  out.done('Taken down.');
}

export async function adminPutBackCommand({ args, out }: CommandContext): Promise<void> {
  const call = await operatorCaller(args);
  await call(AdminService.method.restore, {
    channel: args.word('CHANNEL'),
    seq: args.optionalWord('SEQ') === undefined ? 0 : args.seq(),
  });
  out.done('Shown again.');
}

export async function adminLogCommand({ args, out }: CommandContext): Promise<void> {
  const call = await operatorCaller(args);
  const { actions } = await call(AdminService.method.listActions, {});
  const rows = actions.map(({ at, ...action }) => ({ ...action, at: msOf(at) }));
  out.list(rows, {
    json: ({ at, action, subject, seq, reason }) => ({
      at: isoTime(at),
      action,
      subject,
      ...(seq > 0 && seq <= limits.maxSeq && { seq }),
      ...(reason !== '' && { reason }),
    }),
    columns: [
      { title: 'AT', text: ({ at }) => shortTime(at) },
      { title: 'ACTION', text: ({ action }) => action },
      { title: 'REASON', text: ({ reason }) => shorten(printable(reason), 60), shrinks: true },
      {
        title: 'SUBJECT',
        text: ({ subject, seq }) => (seq > 0 ? `post ${seq} of ${subject}` : subject),
        shrinks: true,
      },
    ],
    empty: 'No actions yet.',
  });
}
