import { countForms } from '../fill.ts';

/** Welcome, sign-up, recovery phrase and sign-in. */
export const welcome = {
  title: 'Broadcast\nin the open.',
  what: 'Heliogram is an open messaging platform that anyone can run.',
  law: 'Anyone can read, search and follow public channels. Invite-only channels are for people with the link.',
  createAccount: 'Create account',
  haveAccount: 'Sign in',
  look: 'Browse channels',
  lookNote: 'You can read without an account.',
  noPhone: 'No phone number or email needed.',

  create: 'Create account',
  createNote: 'All you need is a name. You can change it at any time.',
  name: 'Name',
  namePlaceholder: 'Your name',
  nameMissing: 'Enter a name.',
  nameLong: 'Names can have up to 64 characters.',
  username: 'Username',
  usernameNote: 'Optional. People can find you by your username.',
  usernameShort: 'Usernames need at least 5 characters.',
  usernameLong: 'Usernames can have up to 32 characters.',
  usernameLetters:
    'Use only a–z, 0–9 and underscores. Names that look official, such as admin, are reserved.',
  usernameTaken: '@%s is taken.',
  usernameFree: '@%s is available.',
  invite: 'Invite code',
  inviteNote: 'You need an invite to join this server. Ask someone with an account for a code.',
  inviteMissing: 'Enter an invite code.',
  closed: 'This server is not accepting new accounts',
  closedNote: 'You can read its public channels, or sign in if you already have an account here.',
  working: 'Creating your account…',
  workingNote:
    'Your device is creating its keys and solving a small puzzle that stops spam. This takes a few seconds.',
  already: 'You are signed in as %s',
  alreadyNote: 'To use another account, sign out in Settings first.',

  phraseTitle: 'Your recovery phrase',
  phraseWhy:
    'You need these 24 words to sign in on another device or to recover your account. They are shown only once.',
  phraseRule:
    'Write them down on paper. Anyone who has them can use your account. Nobody can recover them for you.',
  phraseWords: 'Your 24 words, in order',
  copy: 'Copy',
  copied: 'Copied. Paste it into a password manager, not into a chat.',
  notCopied: 'Couldn’t copy. Check your browser’s permissions.',
  print: 'Print',
  phraseDone: 'I wrote them down',
  checkTitle: 'Check your phrase',
  checkWhy: 'Enter three of your words to make sure you wrote them down correctly.',
  word: 'Word %s',
  wordWrong: 'That is not word %s.',
  check: 'Check',
  showAgain: 'Show the words again',
  later: 'Later',
  laterTitle: 'Skip the check?',
  laterNote:
    'If this browser loses its data and your words are wrong or missing, nobody can recover your account.',
  laterGo: 'Skip',
  laterStay: 'Check now',
  ready: 'Your account is ready',
  unfinished: 'The server did not answer',
  unfinishedNote:
    'Your account may already exist. Create it again: you will get the same account, not a second one.',

  signIn: 'Sign in',
  signInNote: 'Enter or paste the 24 words of your recovery phrase in order.',
  phrase: 'Recovery phrase',
  phraseCount: countForms({ one: '# of 24 words', other: '# of 24 words' }),
  wordUnknown: 'Word %s is not in the word list:',
  useWord: 'Use “%s”',
  phraseTooFew: 'Enter all 24 words.',
  signInGo: 'Sign in',
  signingIn: 'Signing in…',
  signingInNote:
    'Your device is creating its own key. Your phrase stays on this device and is not saved.',
};
