/** What stands around every screen. */
export const shell = {
  skip: 'Skip to the conversation',
  chats: 'Chats',
  conversation: 'Conversation',
  details: 'Details',
  notices: 'Notices',
  menu: 'Menu',
  newChannel: 'New channel',
  directory: 'Channels to read',
  settings: 'Settings',
  help: 'Keyboard shortcuts',
  createAccount: 'Create account',
  haveAccount: 'I have an account',

  connecting: 'Connecting…',
  offline: 'No connection',
  offlineNote: 'What you read before is here. What you post goes out later.',
  newVersion: 'A new version is ready',
  newVersionNote: 'What you wrote is kept.',
  takeVersion: 'Load it',
  suspended: 'Your account is suspended',
  suspendedNote:
    'You can read public channels and what is kept on this device. You cannot post, follow or change anything.',
  suspendedReason: 'Reason:',
  otherTabStopped: 'Heliogram isn’t responding in another tab',
  otherTabStoppedNote: 'Close that tab or wait for it. This tab continues by itself.',
  notPersistent: 'This browser keeps nothing',
  notPersistentNote:
    'When this tab closes, only your recovery phrase brings the account back. A window that is not private keeps it.',
  endedRevoked: 'This device was removed from the account',
  endedDeleted: 'This account was deleted',
  endedOther: 'You were signed out',
  dismiss: 'Dismiss',
  newDevice: 'New sign-in: %s',
  newDeviceNote:
    'Someone signed in to your account with the recovery phrase. If it was not you, remove the device.',
  newDeviceMine: 'It was me',
  gone: 'The server knows this account no more',
  goneNote:
    'It was deleted, or the server lost it. What is on this device stays until you clear it.',
  clearDevice: 'Clear this device',
  clearDeviceAsk: 'Clear this device?',
  clearDeviceNote:
    'Keys, drafts and everything kept here are wiped. If the account still exists, only your recovery phrase brings it back.',

  pick: 'Choose a channel to read',
  pickNote: 'Or find one that is new to you.',
  browse: 'Channels to read',
  unknown: 'There is nothing here',
  unknownNote: 'The link may be cut off, or it leads to something that was deleted.',
  toChats: 'To your chats',
  nobody: 'Nobody has the name @%s',
  nobodyNote: 'Names can be given back. Look for the channel by its title.',
  person: 'This is a person, not a channel',
  personNote: 'You can read what they publish in channels.',

  shortcutSearch: 'Search everything',
  shortcutBack: 'Back, or close what is open',
  shortcutHelp: 'Show these shortcuts',
  shortcutNext: 'Next chat',
  shortcutPrevious: 'Previous chat',
  shortcutList: 'Move in a list',
  shortcutMenu: 'Menu of the row',
  or: 'or',

  blocked: 'The browser holds the app back',
  blockedKeys:
    'The app keeps your keys in the storage of this browser, and the browser does not let it. Allow this site to keep data (cookies and site data), or leave the private window. Then try again.',
  blockedLocks:
    'The tabs of the app agree by locks of this browser, and the browser does not let them. Allow this site to keep data (cookies and site data), or use a newer browser. Then try again.',
  blockedApp:
    'A part of the app could not be started here. Load it anew. If that does not help, the browser may be too old, or an extension stops it.',

  insecure: 'This address is not secure',
  insecureNote:
    'The app keeps your keys in this browser, which allows that over HTTPS only. Open the address that begins with https://, or ask whoever runs this server for it.',
  insecureRead: 'Read public channels',
};
