import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { limits } from '@heliogram/protocol';
import {
  choice,
  duration,
  integer,
  networkList,
  originList,
  path,
  rate,
  size,
  text,
} from './readers.ts';
import type { Environment, Setting } from './setting.ts';

const declare = <T>(setting: Setting<T>): Setting<T> => setting;

/** Every setting of the server. A new one is declared here and taken up in `config-of.ts`. */
export const settings = {
  data: declare({
    name: 'data',
    flag: 'data',
    sentence: 'Directory of everything that the server keeps. Private to its user.',
    reader: path,
    defaultText: '$XDG_DATA_HOME/heliogram-server, otherwise ~/.local/share/heliogram-server',
    computeDefault: dataHome,
  }),
  host: declare({
    name: 'host',
    flag: 'host',
    sentence: 'Address to listen on; `0.0.0.0` or `::` for all of this machine.',
    reader: text({ maxCharacters: 253 }),
    defaultText: '127.0.0.1',
  }),
  port: declare({
    name: 'port',
    flag: 'port',
    sentence: 'Port to listen on; 0 picks a free one.',
    reader: integer({ min: 0, max: 65_535 }),
    defaultText: '8080',
  }),
  origins: declare({
    name: 'origins',
    flag: 'origin',
    sentence:
      'What people dial when it is not this machine itself, such as behind a reverse proxy. A sign-in is good only for these origins. The first is the one told to people.',
    reader: originList,
    defaultText: '',
  }),
  trustedProxies: declare({
    name: 'trustedProxies',
    flag: 'trusted-proxy',
    sentence: 'Reverse proxies whose X-Forwarded-For is believed. Everybody else’s is ignored.',
    reader: networkList,
    defaultText: '',
  }),
  name: declare({
    name: 'name',
    flag: 'server-name',
    sentence: 'What the server calls itself.',
    reader: text({ maxCharacters: limits.maxNameCharacters }),
    defaultText: 'Heliogram',
  }),
  registration: declare({
    name: 'registration',
    flag: 'registration',
    sentence: 'Who may sign up: anyone, whoever has an invite, nobody.',
    reader: choice('open', 'invite', 'closed'),
    defaultText: 'open',
  }),
  signUpDifficulty: declare({
    name: 'signUpDifficulty',
    flag: 'sign-up-difficulty',
    sentence: 'Bits of proof of work for a sign-up: each bit doubles the work, 0 asks for none.',
    reader: integer({ min: 0, max: 30 }),
    defaultText: '0',
  }),
  invitesPerAccount: declare({
    name: 'invitesPerAccount',
    flag: 'invites-per-account',
    sentence: 'Sign-up invites that each account may give away.',
    reader: integer({ min: 0, max: 1_000 }),
    defaultText: '5',
  }),
  maxUpload: declare({
    name: 'maxUpload',
    flag: 'max-upload',
    sentence: 'Largest file that may be uploaded.',
    reader: size({ min: 1_024, max: limits.maxUploadBytes }),
    defaultText: '2GiB',
  }),
  accountPosts: quotaSetting(
    'accountPosts',
    'Text that one account may keep in posts, edits, scheduled posts and its own state',
    '256MiB',
  ),
  accountFiles: quotaSetting(
    'accountFiles',
    'Files that one account may keep, each upload counted',
    '8GiB',
  ),
  serverPosts: quotaSetting(
    'serverPosts',
    'The same as accountPosts of all accounts together',
    '64GiB',
  ),
  serverFiles: quotaSetting(
    'serverFiles',
    'The same as accountFiles of all accounts together',
    '1024GiB',
  ),
  subscriberCountInterval: declare({
    name: 'subscriberCountInterval',
    flag: 'subscriber-count-interval',
    sentence:
      'How often the shown count of subscribers may change. The shorter, the easier it is to see who came or went.',
    reader: duration({ min: 1_000, max: limits.subscriberCountIntervalMs }),
    defaultText: '1min',
  }),
  logLevel: declare({
    name: 'logLevel',
    flag: 'log-level',
    sentence: 'Least weight of a line on stderr. No level logs content, names or addresses.',
    reader: choice('debug', 'info', 'warn', 'error', 'silent'),
    defaultText: 'info',
  }),
  metrics: declare({
    name: 'metrics',
    flag: 'metrics',
    sentence: 'Who may read /metrics: nobody, programs on this machine, anyone.',
    reader: choice('off', 'local', 'open'),
    defaultText: 'local',
  }),
  push: declare({
    name: 'push',
    flag: 'push',
    sentence:
      'Where Web Push may go to wake devices that are not connected: nowhere, to push services on the public internet at port 443, or to any address and port that a subscription names, this network included.',
    reader: choice('off', 'public', 'any'),
    defaultText: 'public',
  }),
  webApp: declare({
    name: 'webApp',
    flag: 'web-app',
    sentence:
      'Directory of the built web app. Without one, the page at `/` says how to use the server by other means.',
    reader: path,
    defaultText: '`apps/web/dist` of this checkout',
    computeDefault: builtWebApp,
  }),
  rateRead: rateSetting('Read', 'Reading and subscribing', '1000/100'),
  rateWrite: rateSetting('Write', 'Changing things other than posts', '200/5'),
  rateAppend: rateSetting('Append', 'Posts and messages, counted one by one', '5000/500'),
  rateSignUp: rateSetting('SignUp', 'Signing up, of an address', '10/0.05'),
  rateSignIn: rateSetting('SignIn', 'Signing in, of an address', '60/2'),
  rateSearch: rateSetting('Search', 'Searching', '60/5'),
  rateSignal: rateSetting('Signal', 'Signals such as typing', '60/5'),
  rateUpload: rateSetting('Upload', 'Opening uploads', '60/1'),
  rateProbe: rateSetting('Probe', 'Calls that try names and secrets, of an address', '60/1'),
  connectionsPerAddress: declare({
    name: 'connectionsPerAddress',
    flag: 'connections-per-address',
    sentence:
      'Connections that one address may hold, of IPv6 the first 64 bits. Trusted proxies are not counted; the clients behind them are, by their WebSockets.',
    reader: integer({ min: 1, max: limits.maxConnections }),
    defaultText: '1000',
  }),
  clientMemory: declare({
    name: 'clientMemory',
    flag: 'client-memory',
    sentence:
      'Memory for answers that clients have not taken yet and requests that are not complete, of all connections together. Past it, the address that holds most loses its connections.',
    reader: size({ min: 16 * 1_048_576, max: 64 * 1_073_741_824 }),
    defaultText: '256MiB',
  }),
  loopbackRateFactor: declare({
    name: 'loopbackRateFactor',
    flag: 'loopback-rate-factor',
    sentence:
      'Everybody on this machine shares one address: it gets so many times the rates and connections of an address, 50,000 connections at most. With 1 it is like any other, so that the limits can be seen from here.',
    reader: integer({ min: 1, max: 1_000 }),
    defaultText: '200',
  }),
} as const;

function quotaSetting(name: string, what: string, defaultText: string) {
  return declare({
    name,
    flag: name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    sentence: `${what}.`,
    reader: size({ min: 1_024, max: 1_048_576 * 1_073_741_824 }),
    defaultText,
  });
}

function rateSetting(name: string, what: string, defaultText: string) {
  return declare({
    name: `rate${name}`,
    flag: `rate${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    sentence: `${what}: how many calls at once, and how many a second after that.`,
    reader: rate,
    defaultText,
  });
}

function builtWebApp(): string {
  return join(import.meta.dirname, '..', '..', 'web', 'dist');
}

/** Where this user's programs keep their data (XDG Base Directory). */
function dataHome({ XDG_DATA_HOME: given = '', HOME: home = homedir() }: Environment): string {
  const parent = isAbsolute(given) ? given : join(home, '.local', 'share');
  return join(parent, 'heliogram-server');
}
