import { AccountsService, username as parseUsername, UsageError } from '@heliogram/protocol';
import type { CommandContext } from '../arguments/command.ts';
import { uploadFile } from '../session/media.ts';
import { withSession } from '../session/session.ts';

export async function profileSetCommand(context: CommandContext): Promise<void> {
  const { args, out } = context;
  const name = args.value('name');
  const bio = args.value('bio');
  const avatar = args.value('avatar');
  if (name === undefined && bio === undefined && avatar === undefined) {
    throw new UsageError('nothing to change: use --name, --bio or --avatar');
  }
  await withSession(context, async (session) => {
    const avatarMediaId =
      avatar === undefined ? undefined : await avatarOf(session, avatar, out.json);
    const { profile } = await session.call(AccountsService.method.updateProfile, {
      ...(name !== undefined && { name }),
      ...(bio !== undefined && { bio }),
      ...(avatarMediaId !== undefined && { avatarMediaId }),
    });
    if (profile && profile.name !== '') session.profile.update({ name: profile.name });
  });
  out.done('Changed.');
}

export async function usernameSetCommand(context: CommandContext): Promise<void> {
  const chosen = context.args.optionalWord('U');
  const username = chosen === undefined || chosen === '' ? '' : parseUsername(chosen);
  await withSession(context, async ({ call, profile }) => {
    await call(AccountsService.method.setUsername, { username });
    profile.update({ username });
  });
  context.out.done(username === '' ? 'Username removed.' : `Your username is now @${username}.`);
}

/** Media id of an uploaded picture; an empty path takes the avatar away. */
export async function avatarOf(
  session: Parameters<typeof uploadFile>[0],
  path: string,
  quiet: boolean,
): Promise<string> {
  if (path === '') return '';
  return (await uploadFile(session, { path, asFile: false, quiet, fallBackToFile: false })).mediaId;
}
