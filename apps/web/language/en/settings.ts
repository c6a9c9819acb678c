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
  bio: 'Bio',
  bioNote: 'A few words about you. Everyone can see them.',
  bioLong: 'Use at most 280 characters.',
  username: 'Username',
  usernameNote:
    'People can find you by your username. If you give one up, nobody can use it for a year.',
  saved: 'Saved',
  invite: 'Invite someone',
  inviteNote: 'Create a code that lets one person sign up on this server.',
  inviteMake: 'Create code',
  inviteUntil: 'Valid until %s',
  inviteCopy: 'Copy code',
  inviteCopied: 'Code copied',

  devicesNote: 'All browsers and apps that are signed in to your account.',
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
  revokeOthersNote: 'They are signed out immediately. This device stays signed in.',
  revokedOthers: 'All other devices were signed out',
  revoke: 'Remove',
  revokeAsk: 'Remove %s?',
  revokeNote:
    'This device is signed out immediately. Posts it has already saved stay on it. If someone else used it, make sure your recovery phrase is safe.',
  revoked: '%s was removed',

  theme: 'Theme',
  themeSystem: 'System',
  themeLight: 'Light',
  themeDark: 'Dark',
  textSize: 'Text size',
  letter: 'A',
  sample: 'The quick brown fox jumps over the lazy dog.',

  writing: 'Writing',
  enterSends: 'Post with Enter',
  enterSendsNote:
    'When this is off, Enter starts a new line and Ctrl+Enter posts. On a phone, Enter always starts a new line.',

  languageNote: 'Also sets the format of dates and numbers.',
  languageBrowser: 'Browser default',

  push: 'New post notifications',
  pushNote: 'Notifications never include the text of a post.',
  pushOff: 'Off',
  pushDenied:
    'Notifications are blocked for this site. Allow them in your browser’s settings, then try again.',
  pushUnsupported: 'This browser can’t show notifications while the app is closed.',
  pushNoServer: 'This server does not send notifications.',
  pushDefault: 'Your browser will ask for permission.',
  pushOn: 'You are not notified about muted channels.',

  storagePosts: 'Posts saved for offline reading',
  storageUploads: 'Files waiting to be sent',
  storageAll: 'Total',
  storageOf: '%s of #',
  storagePersistent: 'Your browser keeps this data until you clear it.',
  storageNotPersistent:
    'Your browser may delete this data when space is low. You can sign in again with your recovery phrase.',
  clear: 'Clear cache',
  clearNote:
    'Posts and pictures will be downloaded again when you need them. Drafts, keys and unsent posts are kept.',
  clearAsk: 'Clear cache?',
  cleared: 'Cache cleared',

  signOut: 'Sign out',
  signOutAsk: 'Sign out on this device?',
  signOutNote:
    'This deletes the keys and everything saved on this device. You can sign in again with your recovery phrase.',
  signOutOffline:
    'There is no connection to the server. This device stays in your device list until you remove it from another device.',
  signOutStays:
    'You are signed out, but this device is still in your device list. Remove it from another device.',
  signOutWarning: 'You have not checked your recovery phrase',
  signOutWarningNote:
    'If you do not have all 24 words, you will lose this account. They cannot be shown again.',
  signOutAnyway: 'Sign out anyway',
  deleteAccount: 'Delete account',
  deleteNote:
    'This permanently deletes your profile, your channels with all posts, and all your data on the server. Nobody can use your username for a year.',
  deleteType: 'To delete your account, enter your name: %s',
  deleteGo: 'Delete account',

  version: 'Version',
  appVersion: 'App %s',
  serverVersion: 'Server %s',
  server: 'Server',
  law: 'Public channels are open to everyone. The server operator can moderate them.',
  lawUnlisted:
    'Anyone with the link can read an invite-only channel. So can the server operator. These channels are not end-to-end encrypted.',
  free: 'Free software under the AGPL-3.0 license.',
  needsAccount: 'You need an account to use this.',
};
