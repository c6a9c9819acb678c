import { countForms } from '../fill.ts';

/** The first minute: welcome, account, recovery phrase. */
export const welcome = {
  title: 'Broadcast\nin the open.',
  what: 'Heliogram is an open messaging platform that anyone can run.',
  law: 'Start a channel, and anyone can read, search and follow it. Channels by invite link are for those who have the link.',
  createAccount: 'Create account',
  haveAccount: 'I have an account',
  look: 'Look around',
  lookNote: 'Reading needs no account.',
  noPhone: 'No phone number, no e-mail address.',

  create: 'Create account',
  createNote: 'A name is enough. It can be changed at any time.',
  name: 'Name',
  namePlaceholder: 'How others see you',
  nameMissing: 'Write a name first.',
  nameLong: 'A name has at most 64 letters.',
  username: 'Username',
  usernameNote: 'Optional. People find you by it.',
  usernameShort: 'A username has at least 5 characters.',
  usernameLong: 'A username has at most 32 characters.',
  usernameLetters:
    'Only a to z, 0 to 9 and the underscore, and no name that speaks for the server.',
  usernameTaken: '@%s is taken.',
  usernameFree: '@%s is free.',
  invite: 'Invite code',
  inviteNote:
    'This server takes new accounts by invite. Someone who has an account can give you a code.',
  inviteMissing: 'Write the invite code first.',
  closed: 'This server takes no new accounts',
  closedNote: 'You can read its public channels, and sign in with an account that you have here.',
  working: 'Making your account…',
  workingNote:
    'Your device makes its keys and solves a small puzzle that keeps robots out. This takes a few seconds.',
  already: 'You are signed in as %s',
  alreadyNote: 'Sign out in the settings before you use another account here.',

  phraseTitle: 'Your recovery phrase',
  phraseWhy:
    'These 24 words are the only key to your account besides this browser. They are shown this once.',
  phraseRule:
    'Write them down on paper. Whoever has them has your account. Nobody can give them back to you.',
  phraseWords: 'Your 24 words, in order',
  copy: 'Copy',
  copied: 'Copied. Paste it into a password manager, not into a chat.',
  notCopied: 'The browser does not let the app copy.',
  print: 'Print',
  phraseDone: 'I wrote them down',
  checkTitle: 'Three of your words',
  checkWhy: 'So that you know what you wrote is right.',
  word: 'Word %s',
  wordWrong: 'That is not word %s.',
  check: 'Check',
  showAgain: 'Show the words again',
  later: 'Later',
  laterTitle: 'Go on without a check?',
  laterNote:
    'If this browser loses its data and your words are wrong or missing, the account is gone, and nobody can bring it back.',
  laterGo: 'Go on without',
  laterStay: 'Check now',
  ready: 'Your account is ready',
  unfinished: 'Your last try got no answer',
  unfinishedNote:
    'Maybe the account is there already. Create it again: it will be the same one, not a second.',

  signIn: 'I have an account',
  signInNote: 'Write or paste the 24 words of your recovery phrase, in their order.',
  phrase: 'Recovery phrase',
  phraseCount: countForms({ one: '# of 24 words', other: '# of 24 words' }),
  wordUnknown: 'Word %s is not one of the possible words:',
  useWord: 'Use “%s”',
  phraseTooFew: 'These are not 24 words.',
  signInGo: 'Sign in',
  signingIn: 'Opening your account…',
  signingInNote: 'Your device makes a key of its own. The words stay here and are not kept.',
};
