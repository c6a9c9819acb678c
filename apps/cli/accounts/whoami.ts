import { AccountsService, HeliogramError } from '@heliogram/protocol';
import type { CommandContext } from '../arguments/command.ts';
import { printable } from '../output/terminal-text.ts';
import { Profile, type StoredDevice } from '../session/profile.ts';
import { withSession } from '../session/session.ts';

export async function whoamiCommand(context: CommandContext): Promise<void> {
  const { origin, accountId, deviceId, name, username } = await current(context);
  const facts = { accountId, deviceId, username, name, server: origin };
  context.out.result(facts, ({ bold, dim }) =>
    [
      `${bold(printable(name))}${username === '' ? '' : ` @${username}`} at ${origin}`,
      dim(`account ${accountId}`),
      dim(`device  ${deviceId}`),
    ].join('\n'),
  );
}

/** What the server says now; without a server what the profile remembers. */
async function current(context: CommandContext): Promise<StoredDevice> {
  try {
    return await withSession(context, ask, { stored: false });
  } catch (error) {
    if (error instanceof HeliogramError && error.blame === 'dependency') {
      return new Profile(context.profileDirectory).read();
    }
    throw error;
  }
}

async function ask({ call, device, profile }: Parameters<Parameters<typeof withSession>[1]>[0]) {
  const { profile: known } = await call(AccountsService.method.getMe, {});
  const { name = device.name, username = device.username } = known ?? {};
  if (name !== device.name || username !== device.username) profile.update({ name, username });
  return { ...device, name, username };
}
