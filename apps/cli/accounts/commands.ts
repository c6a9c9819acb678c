import type { Command, Flag } from '../arguments/command.ts';

const server: Flag = {
  name: 'server',
  value: 'URL',
  summary: 'where the account lives, such as https://example.org',
  required: true,
};
const deviceName: Flag = {
  name: 'device-name',
  value: 'NAME',
  summary: 'what others see of this device (default: this computer’s name)',
};

export const accountCommands: readonly Command[] = [
  {
    words: 'sign-up',
    summary: 'make an account, with this profile as its first device',
    details: [
      'Shows the recovery phrase once: whoever has it has the account, and nobody can give it again.',
    ],
    flags: [
      server,
      { name: 'name', value: 'NAME', summary: 'how others see the account', required: true },
      { name: 'username', value: 'U', summary: '5 to 32 of a–z 0–9 _, unique on the server' },
      { name: 'invite', value: 'CODE', summary: 'where the server asks for one' },
      deviceName,
    ],
    output: '{"accountId","deviceId","username","recoveryPhrase"}',
    load: async () => (await import('./sign-up.ts')).signUpCommand,
  },
  {
    words: 'recover',
    summary: 'make this profile a new device of an account',
    flags: [
      server,
      { name: 'phrase', value: 'WORDS', summary: 'the 24 words; others may see a command line' },
      { name: 'phrase-stdin', summary: 'reads the words from stdin' },
      deviceName,
    ],
    output: '{"accountId","deviceId"}',
    load: async () => (await import('./recover.ts')).recoverCommand,
  },
  {
    words: 'whoami',
    summary: 'the account and device of this profile',
    output:
      '{"accountId","deviceId","username","name","server"}; offline what the profile remembers',
    load: async () => (await import('./whoami.ts')).whoamiCommand,
  },
  {
    words: 'devices',
    summary: 'the devices that are signed in to the account, verified',
    output: 'a line each: {"deviceId","name","addedAt","lastActiveAt"?,"current"}',
    load: async () => (await import('./devices.ts')).devicesCommand,
  },
  {
    words: 'device revoke',
    summary: 'cut a device of the account off, at once and for good',
    positionals: [{ name: 'ID', summary: 'as “heliogram devices” shows it' }],
    load: async () => (await import('./devices.ts')).deviceRevokeCommand,
  },
  {
    words: 'device revoke-others',
    summary: 'sign out every device of the account but this one',
    output: '{"ok":true,"revoked":N}',
    load: async () => (await import('./devices.ts')).deviceRevokeOthersCommand,
  },
  {
    words: 'device rename',
    summary: 'give a device another name; numbered where another device has it',
    positionals: [
      { name: 'ID', summary: 'as “heliogram devices” shows it' },
      { name: 'NAME', summary: '1 to 64 bytes' },
    ],
    output: '{"deviceId","name"}',
    load: async () => (await import('./devices.ts')).deviceRenameCommand,
  },
  {
    words: 'profile set',
    summary: 'change what others see of the account',
    flags: [
      { name: 'name', value: 'NAME', summary: 'at most 64 characters' },
      { name: 'bio', value: 'TEXT', summary: 'at most 280 characters; empty: none' },
      { name: 'avatar', value: 'PATH', summary: 'a picture' },
    ],
    load: async () => (await import('./profile.ts')).profileSetCommand,
  },
  {
    words: 'username set',
    summary: 'take another username, or none',
    details: ['A username that is given up stays unavailable to others for twelve months.'],
    positionals: [{ name: 'U', summary: 'the new one; left out: none', optional: true }],
    load: async () => (await import('./profile.ts')).usernameSetCommand,
  },
  {
    words: 'account delete',
    summary: 'delete the account and all that it owns, for good',
    flags: [{ name: 'yes', summary: 'says that this is meant', required: true }],
    load: async () => (await import('./delete.ts')).accountDeleteCommand,
  },
  {
    words: 'account invite',
    summary: 'a code with which somebody else may sign up here',
    output: '{"code","expiresAt"?}',
    load: async () => (await import('./invite.ts')).accountInviteCommand,
  },
];
