/** Navigation, notices and whole-screen messages. */
export const shell = {
  skip: 'Skip to conversation',
  chats: 'Chats',
  conversation: 'Conversation',
  details: 'Details',
  notices: 'Notices',
  menu: 'Menu',
  newChannel: 'New channel',
  directory: 'Discover channels',
  settings: 'Settings',
  help: 'Keyboard shortcuts',
  createAccount: 'Create account',
  haveAccount: 'Sign in',

  connecting: 'Connecting…',
  offline: 'No connection',
  offlineNote: 'You can read saved posts. New posts will be sent when you are back online.',
  newVersion: 'Update available',
  newVersionNote: 'Your drafts are saved.',
  takeVersion: 'Update',
  suspended: 'Your account is suspended',
  suspendedNote:
    'You can read public channels and saved posts. You cannot post, follow channels or change anything.',
  suspendedReason: 'Reason:',
  otherTabStopped: 'Heliogram isn’t responding in another tab',
  otherTabStoppedNote: 'Close that tab or wait. This tab will continue automatically.',
  notPersistent: 'Nothing is saved in this window',
  notPersistentNote:
    'When you close this tab, you can only get back into your account with your recovery phrase. To stay signed in, use a window that is not private.',
  endedRevoked: 'This device was removed from your account',
  endedDeleted: 'This account was deleted',
  endedOther: 'You were signed out',
  dismiss: 'Dismiss',
  newDevice: 'New sign-in: %s',
  newDeviceNote:
    'Someone signed in to your account with the recovery phrase. If it was not you, remove the device.',
  newDeviceMine: 'It was me',
  gone: 'Account not found on the server',
  goneNote:
    'It was deleted, or the server lost its data. Saved posts and drafts stay on this device until you clear it.',
  clearDevice: 'Clear this device',
  clearDeviceAsk: 'Clear this device?',
  clearDeviceNote:
    'This deletes the keys, drafts and saved posts on this device. If the account still exists, you need your recovery phrase to sign in again.',

  pick: 'Choose a channel',
  pickNote: 'Or discover new ones.',
  browse: 'Discover channels',
  unknown: 'Nothing found at this link',
  unknownNote: 'The link may be incomplete, or its content was deleted.',
  toChats: 'Go to chats',
  nobody: 'No account or channel is named @%s',
  nobodyNote: 'The username may have changed. Try searching for the channel’s title.',
  person: 'This is a person, not a channel',
  personNote: 'You can read what they post in channels.',

  shortcutSearch: 'Search',
  shortcutBack: 'Go back or close',
  shortcutHelp: 'Show keyboard shortcuts',
  shortcutNext: 'Next chat',
  shortcutPrevious: 'Previous chat',
  shortcutList: 'Move in a list',
  shortcutMenu: 'Open the item’s menu',
  or: 'or',

  blocked: 'Heliogram can’t start in this browser',
  blockedKeys:
    'The browser blocks the storage that keeps your keys. Allow cookies and site data for this site, or leave private browsing. Then try again.',
  blockedLocks:
    'The browser blocks Web Locks, which Heliogram needs to run in several tabs. Allow cookies and site data for this site, or update your browser. Then try again.',
  blockedApp:
    'Part of the app didn’t load. Reload the page. If that does not help, update your browser or turn off its extensions.',

  insecure: 'This address is not secure',
  insecureNote:
    'Heliogram keeps your keys in the browser, which requires HTTPS. Open the address that starts with https://, or ask the server operator for it.',
  insecureRead: 'Read public channels',
};
