import type { MadeAccount } from '@heliogram/client';

/**
 * A sign-up until the server has answered it: the account may exist with nobody but this browser knowing its
 * keys and phrase. The next sign-up here asks for the same account.
 */
export interface UnansweredSignUp {
  readonly made: MadeAccount;
  readonly name: string;
  readonly username: string;
}
