import type { Command, Flag, Positional } from '../arguments/command.ts';

const data: Flag = {
  name: 'data',
  value: 'DIR',
  summary: 'the data directory of the server (default: the one of “heliogram serve”)',
};
const reason: Flag = {
  name: 'reason',
  value: 'TEXT',
  summary: 'shown to the people affected, and kept in the log',
  required: true,
};
const account: Positional = { name: 'ACCOUNT', summary: 'the id or @username of an account' };
const channel: Positional = { name: 'CHANNEL', summary: 'the id or @username of a channel' };
const optionalSeq: Positional = {
  name: 'SEQ',
  summary: 'the number of a post; leave it out for the whole channel',
  optional: true,
};
const configFile: Flag = { name: 'config', value: 'FILE', summary: 'read settings from this file' };

/** The settings of the server, from their one declaration. */
async function settings(): Promise<readonly Flag[]> {
  const { loadServer } = await import('./serve-module.ts');
  const { settingFlags } = await loadServer();
  return settingFlags().map(({ name, summary, repeated }) => ({
    name,
    value: 'VALUE',
    summary,
    repeated,
  }));
}

export const operatorCommands: readonly Command[] = [
  {
    words: 'serve',
    summary: 'run a server',
    details: [
      'docs/operations/ describes all settings, their environment variables and the configuration file. On SIGTERM, SIGINT and SIGHUP the server finishes its work and exits with status 0.',
    ],
    flags: [configFile],
    moreFlags: settings,
    output: '{"event":"listening","url"}',
    load: async () => (await import('./serve.ts')).serveCommand,
  },
  {
    words: 'check-config',
    summary: 'check the settings of the server and show them',
    flags: [configFile],
    moreFlags: settings,
    output: 'one line each: {"name","value","source"}, {"problem"} or {"warning"}',
    load: async () => (await import('./check-config.ts')).checkConfigCommand,
  },
  {
    words: 'backup',
    summary: 'back up the data of a server, which may be running',
    positionals: [{ name: 'DEST', summary: 'a new directory' }],
    flags: [data],
    load: async () => (await import('./backup.ts')).backupCommand,
  },
  {
    words: 'backup verify',
    summary: 'check every byte of a backup against its manifest',
    details: [
      'Names the first file that is damaged, missing or not part of the backup. Changes nothing.',
    ],
    positionals: [{ name: 'SRC', summary: 'the directory of a backup' }],
    output: '{"createdAt","version","files","bytes"}',
    load: async () => (await import('./backup.ts')).backupVerifyCommand,
  },
  {
    words: 'restore',
    summary: 'restore a data directory from a backup',
    positionals: [{ name: 'SRC', summary: 'the directory of a backup' }],
    flags: [data],
    load: async () => (await import('./backup.ts')).restoreCommand,
  },
  {
    words: 'admin invite',
    summary: 'create invite codes for sign-up',
    flags: [
      data,
      { name: 'count', value: 'N', summary: 'how many codes; default 1' },
      { name: 'uses', value: 'N', summary: 'how many people can use each code; default 1' },
      { name: 'expires', value: 'TIME', summary: 'RFC 3339; default: never' },
    ],
    output: 'one line each: {"code"}',
    load: async () => (await import('./admin.ts')).adminInviteCommand,
  },
  {
    words: 'admin suspend',
    summary: 'suspend an account and tell its owner why',
    positionals: [account],
    flags: [
      data,
      reason,
      { name: 'branch', summary: 'also suspend everyone it invited, directly or indirectly' },
    ],
    output: 'one line each: {"accountId"}',
    load: async () => (await import('./admin.ts')).adminSuspendCommand,
  },
  {
    words: 'admin restore',
    summary: 'lift the suspension of an account',
    positionals: [account],
    flags: [data],
    load: async () => (await import('./admin.ts')).adminRestoreCommand,
  },
  {
    words: 'admin take-down',
    summary: 'remove a channel or post from view, with a reason',
    positionals: [channel, optionalSeq],
    flags: [data, reason],
    load: async () => (await import('./admin.ts')).adminTakeDownCommand,
  },
  {
    words: 'admin put-back',
    summary: 'show a channel or post again that was removed from view',
    positionals: [channel, optionalSeq],
    flags: [data],
    load: async () => (await import('./admin.ts')).adminPutBackCommand,
  },
  {
    words: 'admin log',
    summary: 'list the actions of operators, newest first',
    flags: [data],
    output: 'one line each: {"at","action","subject","seq"?,"reason"?}',
    load: async () => (await import('./admin.ts')).adminLogCommand,
  },
];
