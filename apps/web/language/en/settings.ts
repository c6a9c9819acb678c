/** Settings. */
export const settings = {
  title: 'Settings',
  profile: 'Profile',
  devices: 'Devices',
  appearance: 'Appearance',
  language: 'Language',
  notifications: 'Notifications',
  storage: 'Storage',
  about: 'About',
  account: 'Account',

  name: 'Name',
  bio: 'About you',
  bioNote: 'A sentence or two that everyone can read.',
  bioLong: 'At most 280 letters.',
  username: 'Username',
  usernameNote:
    'Without one, nobody finds you by name. A name you give back is blocked for a year.',
  saved: 'Saved',
  invite: 'Invite someone',
  inviteNote: 'A code for one new account on this server, good until it expires.',
  inviteMake: 'Make a code',
  inviteUntil: 'Good until %s',
  inviteCopy: 'Copy code',
  inviteCopied: 'Code copied',

  devicesNote: 'Every browser and program that is signed in to your account.',
  thisDevice: 'This device',
  addedOn: 'Added %s',
  activeAt: 'Last active %s',
  deviceActions: 'Actions for %s',
  rename: 'Rename',
  renameTitle: 'Rename device',
  deviceName: 'Device name',
  renamed: 'Renamed to %s',
  revokeOthers: 'Sign out all other devices',
  revokeOthersAsk: 'Sign out all other devices?',
  revokeOthersNote: 'They are signed out at once. This device stays signed in.',
  revokedOthers: 'All other devices were signed out',
  revoke: 'Remove',
  revokeAsk: 'Remove %s?',
  revokeNote:
    'It is cut off at once and can do nothing more in your name. What it has already read stays on it. If a stranger had it, look at your recovery phrase too.',
  revoked: '%s was removed',

  theme: 'Theme',
  themeSystem: 'As the device',
  themeLight: 'Light',
  themeDark: 'Dark',
  textSize: 'Text size',
  letter: 'A',
  sample: 'The quick brown fox reads a channel in the morning sun.',

  writing: 'Writing',
  enterSends: 'Enter publishes',
  enterSendsNote:
    'When off, Enter begins a new line and Ctrl+Enter publishes. On a phone Enter always begins a new line.',

  languageNote: 'Dates, numbers and direction follow it.',
  languageBrowser: 'As the browser',

  push: 'Notices about new posts',
  pushNote: 'Without content: what is in a post never passes the push service.',
  pushOff: 'Off',
  pushDenied:
    'The browser forbids notices from this site. Allow them in its settings for the site, then come back.',
  pushUnsupported: 'This browser cannot show notices while the app is closed.',
  pushNoServer: 'This server does not send notices.',
  pushDefault: 'The browser will ask you whether it may show notices.',
  pushOn: 'Muted channels stay silent.',

  storagePosts: 'Posts kept for reading offline',
  storageUploads: 'Files that wait to be posted',
  storageAll: 'Everything of this app',
  storageOf: '%s of #',
  storagePersistent: 'The browser keeps it until you clear it.',
  storageNotPersistent:
    'The browser may clear it when space gets short. Your recovery phrase brings the account back.',
  clear: 'Clear what was read',
  clearNote:
    'Posts and pictures are loaded again when you read them. Drafts, keys and what waits to be sent stay.',
  clearAsk: 'Clear what was read?',
  cleared: 'Cleared',

  signOut: 'Sign out',
  signOutAsk: 'Sign out on this device?',
  signOutNote:
    'Keys and everything kept here are wiped, and this device leaves the list of your account. With your recovery phrase you come back.',
  signOutOffline:
    'The server cannot be reached now, so this device stays on the list of your account until you remove it from another one.',
  signOutStays:
    'You are signed out, but this device is still on the list of your account. Remove it from another device.',
  signOutWarning: 'You never checked your recovery phrase',
  signOutWarningNote:
    'If you do not have all 24 words on paper, this account will be lost for good. They cannot be shown again.',
  signOutAnyway: 'Sign out anyway',
  deleteAccount: 'Delete account',
  deleteNote:
    'Your profile, your channels with all their posts, and everything kept for you on the server go, for good. Your username is blocked for a year.',
  deleteType: 'Write your name to delete the account: %s',
  deleteGo: 'Delete everything',

  version: 'Version',
  appVersion: 'App %s',
  serverVersion: 'Server %s',
  server: 'Server',
  law: 'Anyone can read and search public channels, and the operator of this server can moderate them.',
  lawUnlisted:
    'Channels by invite link can be read by everyone who has the link and by the operator. They are not encrypted end to end.',
  free: 'Free software under the AGPL-3.0.',
  needsAccount: 'This needs an account.',
};
