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
    sentence: 'Directory for all data of the server. Only its user can read it.',
    reader: path,
    defaultText: '$XDG_DATA_HOME/heliogram-server, otherwise ~/.local/share/heliogram-server',
    computeDefault: dataHome,
  }),
  host: declare({
    name: 'host',
    flag: 'host',
    sentence: 'Address to listen on; `0.0.0.0` or `::` for all addresses of this machine.',
    reader: text({ maxCharacters: 253 }),
    defaultText: '127.0.0.1',
  }),
  port: declare({
    name: 'port',
    flag: 'port',
    sentence: 'Port to listen on; 0 uses any free port.',
    reader: integer({ min: 0, max: 65_535 }),
    defaultText: '8080',
  }),
  origins: declare({
    name: 'origins',
    flag: 'origin',
    sentence:
      'Public addresses of the server, for example behind a reverse proxy. People can sign in only at these addresses. Links use the first one.',
    reader: originList,
    defaultText: '',
  }),
  trustedProxies: declare({
    name: 'trustedProxies',
    flag: 'trusted-proxy',
    sentence:
      'Reverse proxies whose X-Forwarded-For header is trusted. The header is ignored from all other addresses.',
    reader: networkList,
    defaultText: '',
  }),
  name: declare({
    name: 'name',
    flag: 'server-name',
    sentence: 'Name of the server, shown to people.',
    reader: text({ maxCharacters: limits.maxNameCharacters }),
    defaultText: 'Heliogram',
  }),
  registration: declare({
    name: 'registration',
    flag: 'registration',
    sentence: 'Who can sign up: anyone, people with an invite code, nobody.',
    reader: choice('open', 'invite', 'closed'),
    defaultText: 'open',
  }),
  signUpDifficulty: declare({
    name: 'signUpDifficulty',
    flag: 'sign-up-difficulty',
    sentence: 'Bits of proof of work for a sign-up. Each bit doubles the work; 0 turns it off.',
    reader: integer({ min: 0, max: 30 }),
    defaultText: '0',
  }),
  invitesPerAccount: declare({
    name: 'invitesPerAccount',
    flag: 'invites-per-account',
    sentence: 'Number of invite codes that each account can create.',
    reader: integer({ min: 0, max: 1_000 }),
    defaultText: '5',
  }),
  maxUpload: declare({
    name: 'maxUpload',
    flag: 'max-upload',
    sentence: 'Maximum size of an uploaded file.',
    reader: size({ min: 1_024, max: limits.maxUploadBytes }),
    defaultText: '2GiB',
  }),
  accountPosts: quotaSetting(
    'accountPosts',
    'Storage of one account for posts, edits, scheduled posts and its own state',
    '256MiB',
  ),
  accountFiles: quotaSetting(
    'accountFiles',
    'Storage of one account for files; each upload counts',
    '8GiB',
  ),
  serverPosts: quotaSetting('serverPosts', 'Like accountPosts, for all accounts together', '64GiB'),
  serverFiles: quotaSetting(
    'serverFiles',
    'Like accountFiles, for all accounts together',
    '1024GiB',
  ),
  subscriberCountInterval: declare({
    name: 'subscriberCountInterval',
    flag: 'subscriber-count-interval',
    sentence:
      'Shortest time between two changes of a shown subscriber count. A short time makes it easier to see who followed or left.',
    reader: duration({ min: 1_000, max: limits.subscriberCountIntervalMs }),
    defaultText: '1min',
  }),
  logLevel: declare({
    name: 'logLevel',
    flag: 'log-level',
    sentence: 'Lowest level that is logged to stderr. No level logs content, names or addresses.',
    reader: choice('debug', 'info', 'warn', 'error', 'silent'),
    defaultText: 'info',
  }),
  metrics: declare({
    name: 'metrics',
    flag: 'metrics',
    sentence: 'Who can read /metrics: nobody, programs on this machine, anyone.',
    reader: choice('off', 'local', 'open'),
    defaultText: 'local',
  }),
  push: declare({
    name: 'push',
    flag: 'push',
    sentence:
      'Where the server can send push notifications: nowhere, to push services on the public internet at port 443, or to any address and port that a subscription names, including this network.',
    reader: choice('off', 'public', 'any'),
    defaultText: 'public',
  }),
  webApp: declare({
    name: 'webApp',
    flag: 'web-app',
    sentence:
      'Directory of the built web app. Without it, the page at `/` explains how to use the command line.',
    reader: path,
    defaultText: '`apps/web/dist` of this checkout',
    computeDefault: builtWebApp,
  }),
  rateRead: rateSetting('Read', 'Reading and subscribing', '1000/100'),
  rateWrite: rateSetting('Write', 'Changing things other than posts', '200/5'),
  rateAppend: rateSetting('Append', 'Posts and messages, counted one by one', '5000/500'),
  rateSignUp: rateSetting('SignUp', 'Signing up, per address', '10/0.05'),
  rateSignIn: rateSetting('SignIn', 'Signing in, per address', '60/2'),
  rateSearch: rateSetting('Search', 'Searching', '60/5'),
  rateSignal: rateSetting('Signal', 'Signals such as typing', '60/5'),
  rateUpload: rateSetting('Upload', 'Starting uploads', '60/1'),
  rateProbe: rateSetting('Probe', 'Calls that can guess names and secrets, per address', '60/1'),
  connectionsPerAddress: declare({
    name: 'connectionsPerAddress',
    flag: 'connections-per-address',
    sentence:
      'Maximum number of connections per address (IPv6: per first 64 bits). Trusted proxies do not count; WebSockets of the clients behind them do.',
    reader: integer({ min: 1, max: limits.maxConnections }),
    defaultText: '1000',
  }),
  clientMemory: declare({
    name: 'clientMemory',
    flag: 'client-memory',
    sentence:
      'Memory of all connections for unfinished requests and unread answers. When it is full, the address that uses the most loses its connections.',
    reader: size({ min: 16 * 1_048_576, max: 64 * 1_073_741_824 }),
    defaultText: '256MiB',
  }),
  loopbackRateFactor: declare({
    name: 'loopbackRateFactor',
    flag: 'loopback-rate-factor',
    sentence:
      'Multiplies the rates and connections of this machine’s own addresses, which all its programs share; at most 50,000 connections. Use 1 to test the limits.',
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
    sentence: `${what}: calls at once, then calls per second.`,
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
