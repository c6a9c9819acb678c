import type { Command, Flag } from '../arguments/command.ts';

const server: Flag = {
  name: 'server',
  value: 'URL',
  summary: 'address of the server, such as https://example.org',
  required: true,
};
const deviceName: Flag = {
  name: 'device-name',
  value: 'NAME',
  summary: 'name in your device list (default: the name of this computer)',
};

export const accountCommands: readonly Command[] = [
  {
    words: 'sign-up',
    summary: 'create an account; this profile becomes its first device',
    details: [
      'Shows the recovery phrase once. Write it down: anyone who has it can use the account, and nobody can recover it for you.',
    ],
    flags: [
      server,
      { name: 'name', value: 'NAME', summary: 'the display name of the account', required: true },
      { name: 'username', value: 'U', summary: '5 to 32 characters: a–z, 0–9 and underscores' },
      { name: 'invite', value: 'CODE', summary: 'an invite code, if the server requires one' },
      deviceName,
    ],
    output: '{"accountId","deviceId","username","recoveryPhrase"}',
    load: async () => (await import('./sign-up.ts')).signUpCommand,
  },
  {
    words: 'recover',
    summary: 'sign in to an account with its recovery phrase; this profile becomes a new device',
    flags: [
      server,
      {
        name: 'phrase',
        value: 'WORDS',
        summary: 'the 24 words; other users of this computer may see them',
      },
      { name: 'phrase-stdin', summary: 'read the words from stdin' },
      deviceName,
    ],
    output: '{"accountId","deviceId"}',
    load: async () => (await import('./recover.ts')).recoverCommand,
  },
  {
    words: 'whoami',
    summary: 'show the account and device of this profile',
    output:
      '{"accountId","deviceId","username","name","server"}; without a connection, the saved values',
    load: async () => (await import('./whoami.ts')).whoamiCommand,
  },
  {
    words: 'devices',
    summary: 'list the devices that are signed in to the account',
    output: 'one line each: {"deviceId","name","addedAt","lastActiveAt"?,"current"}',
    load: async () => (await import('./devices.ts')).devicesCommand,
  },
  {
    words: 'device revoke',
    summary: 'sign out a device immediately and remove it from the account',
    positionals: [{ name: 'ID', summary: 'the id from “heliogram devices”' }],
    load: async () => (await import('./devices.ts')).deviceRevokeCommand,
  },
  {
    words: 'device revoke-others',
    summary: 'sign out all other devices of the account',
    output: '{"ok":true,"revoked":N}',
    load: async () => (await import('./devices.ts')).deviceRevokeOthersCommand,
  },
  {
    words: 'device rename',
    summary: 'rename a device; a number is added if another device has this name',
    positionals: [
      { name: 'ID', summary: 'the id from “heliogram devices”' },
      { name: 'NAME', summary: '1 to 64 bytes' },
    ],
    output: '{"deviceId","name"}',
    load: async () => (await import('./devices.ts')).deviceRenameCommand,
  },
  {
    words: 'profile set',
    summary: 'change your name, bio or picture',
    flags: [
      { name: 'name', value: 'NAME', summary: 'at most 64 characters' },
      { name: 'bio', value: 'TEXT', summary: 'at most 280 characters; an empty text removes it' },
      { name: 'avatar', value: 'PATH', summary: 'a picture' },
    ],
    load: async () => (await import('./profile.ts')).profileSetCommand,
  },
  {
    words: 'username set',
    summary: 'change or remove your username',
    details: ['If you give up a username, nobody can use it for twelve months.'],
    positionals: [
      { name: 'U', summary: 'the new username; leave it out to remove yours', optional: true },
    ],
    load: async () => (await import('./profile.ts')).usernameSetCommand,
  },
  {
    words: 'account delete',
    summary: 'permanently delete the account and everything it owns',
    flags: [{ name: 'yes', summary: 'confirm the deletion', required: true }],
    load: async () => (await import('./delete.ts')).accountDeleteCommand,
  },
  {
    words: 'account invite',
    summary: 'create an invite code for one new account',
    output: '{"code","expiresAt"?}',
    load: async () => (await import('./invite.ts')).accountInviteCommand,
  },
];
