import { type AdminRights, ChannelsService, UsageError } from '@heliogram/protocol';
import type { CommandContext } from '../arguments/command.ts';
import { printable } from '../output/terminal-text.ts';
import { accountOf } from '../session/account-reference.ts';
import { conversationOf } from '../session/chat-reference.ts';
import { withSession } from '../session/session.ts';
import { profileJson } from './profile-json.ts';

const RIGHTS = ['post', 'edit', 'delete', 'invite', 'manage'] as const;

export async function adminSetCommand(context: CommandContext): Promise<void> {
  const { args, out } = context;
  const rights = parseRights(args.required('rights'));
  await withSession(context, async (session) => {
    const conversationId = await conversationOf(session, args.word('CHAT'));
    const { accountId } = await accountOf(session, args.word('@U'), args);
    await session.call(ChannelsService.method.setAdmin, { conversationId, accountId, rights });
  });
  out.done('The account is now an admin.');
}

export async function adminRemoveCommand(context: CommandContext): Promise<void> {
  const { args, out } = context;
  await withSession(context, async (session) => {
    const conversationId = await conversationOf(session, args.word('CHAT'));
    const { accountId } = await accountOf(session, args.word('@U'), args);
    await session.call(ChannelsService.method.removeAdmin, { conversationId, accountId });
  });
  out.done('The account is no longer an admin.');
}

export async function adminListCommand(context: CommandContext): Promise<void> {
  const { admins } = await withSession(context, async (session) => {
    const conversationId = await conversationOf(session, context.args.word('CHAT'));
    return session.call(ChannelsService.method.listAdmins, { conversationId });
  });
  const rows = admins.flatMap(({ profile, rights, owner }) =>
    profile ? [{ profile, role: owner ? 'owner' : 'admin', rights: named(rights, owner) }] : [],
  );
  context.out.list(rows, {
    json: ({ profile, role, rights }) => ({ ...profileJson(profile), role, rights }),
    columns: [
      { title: 'NAME', text: ({ profile }) => printable(profile.name) },
      {
        title: 'USERNAME',
        text: ({ profile }) => (profile.username ? `@${profile.username}` : ''),
      },
      { title: 'ROLE', text: ({ role }) => role },
      { title: 'RIGHTS', text: ({ rights }) => rights.join(', ') },
    ],
    empty: 'No admins.',
  });
}

function named(rights: AdminRights | undefined, owner: boolean): readonly string[] {
  return RIGHTS.filter((right) => owner || rights?.[right]);
}

function parseRights(list: string) {
  const wanted = list.split(',').map((right) => right.trim());
  const unknown = wanted.find((right) => !RIGHTS.some((known) => known === right));
  if (unknown !== undefined) {
    throw new UsageError(
      `unknown right “${unknown}”: --rights takes ${RIGHTS.join(', ')}, separated by commas`,
    );
  }
  const has = (right: (typeof RIGHTS)[number]) => wanted.includes(right);
  return {
    post: has('post'),
    edit: has('edit'),
    delete: has('delete'),
    invite: has('invite'),
    manage: has('manage'),
  };
}
