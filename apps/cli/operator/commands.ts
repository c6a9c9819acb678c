import type { Command, Flag, Positional } from '../arguments/command.ts';

const data: Flag = {
  name: 'data',
  value: 'DIR',
  summary: 'the server’s data directory, where “heliogram serve” would keep it',
};
const reason: Flag = {
  name: 'reason',
  value: 'TEXT',
  summary: 'told to those whom it concerns, and kept',
  required: true,
};
const account: Positional = { name: 'ACCOUNT', summary: 'an account id or @username' };
const channel: Positional = { name: 'CHANNEL', summary: 'a conversation id or @username' };
const optionalSeq: Positional = {
  name: 'SEQ',
  summary: 'one post; left out: the channel',
  optional: true,
};
const configFile: Flag = { name: 'config', value: 'FILE', summary: 'settings from a file' };

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
      'All settings, their environment names and the configuration file are in docs/operations/. SIGTERM, SIGINT and SIGHUP drain and exit with status 0.',
    ],
    flags: [configFile],
    moreFlags: settings,
    output: '{"event":"listening","url"}',
    load: async () => (await import('./serve.ts')).serveCommand,
  },
  {
    words: 'check-config',
    summary: 'say whether the server’s settings are valid, and what they are',
    flags: [configFile],
    moreFlags: settings,
    output: 'a line each: {"name","value","source"}, {"problem"} or {"warning"}',
    load: async () => (await import('./check-config.ts')).checkConfigCommand,
  },
  {
    words: 'backup',
    summary: 'copy a server’s data, also while it serves',
    positionals: [{ name: 'DEST', summary: 'a directory that is not there yet' }],
    flags: [data],
    load: async () => (await import('./backup.ts')).backupCommand,
  },
  {
    words: 'backup verify',
    summary: 'hold every byte of a backup against its manifest',
    details: [
      'Names the first file that is damaged, missing or not of the backup. Changes nothing.',
    ],
    positionals: [{ name: 'SRC', summary: 'a directory that “heliogram backup” wrote' }],
    output: '{"createdAt","version","files","bytes"}',
    load: async () => (await import('./backup.ts')).backupVerifyCommand,
  },
  {
    words: 'restore',
    summary: 'make a data directory from a backup',
    positionals: [{ name: 'SRC', summary: 'a directory that “heliogram backup” wrote' }],
    flags: [data],
    load: async () => (await import('./backup.ts')).restoreCommand,
  },
  {
    words: 'admin invite',
    summary: 'codes with which people may sign up',
    flags: [
      data,
      { name: 'count', value: 'N', summary: 'how many codes; default 1' },
      { name: 'uses', value: 'N', summary: 'how often each works; default 1' },
      { name: 'expires', value: 'TIME', summary: 'RFC 3339; default: never' },
    ],
    output: 'a line each: {"code"}',
    load: async () => (await import('./admin.ts')).adminInviteCommand,
  },
  {
    words: 'admin suspend',
    summary: 'suspend an account: it is disconnected at once and told why',
    positionals: [account],
    flags: [data, reason, { name: 'branch', summary: 'and everyone whom it invited, and so on' }],
    output: 'a line each: {"accountId"}',
    load: async () => (await import('./admin.ts')).adminSuspendCommand,
  },
  {
    words: 'admin restore',
    summary: 'let a suspended account act again',
    positionals: [account],
    flags: [data],
    load: async () => (await import('./admin.ts')).adminRestoreCommand,
  },
  {
    words: 'admin take-down',
    summary: 'withhold a channel or a post, with a reason',
    positionals: [channel, optionalSeq],
    flags: [data, reason],
    load: async () => (await import('./admin.ts')).adminTakeDownCommand,
  },
  {
    words: 'admin put-back',
    summary: 'show a channel or post again that was taken down',
    positionals: [channel, optionalSeq],
    flags: [data],
    load: async () => (await import('./admin.ts')).adminPutBackCommand,
  },
  {
    words: 'admin log',
    summary: 'what operators did, newest first',
    flags: [data],
    output: 'a line each: {"at","action","subject","seq"?,"reason"?}',
    load: async () => (await import('./admin.ts')).adminLogCommand,
  },
];
