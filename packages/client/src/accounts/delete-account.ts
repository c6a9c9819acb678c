import { AccountsService } from '@heliogram/protocol';
import type { Caller } from '../connection/connection.ts';
import { answerDeletion, askChallenge, type DeviceCredentials } from '../connection/sign-in.ts';
import type { Signer } from '../ports.ts';

/** Ends the account behind a signed-in connection, for good; what is kept here is the caller's to erase. */
export async function deleteAccount(account: {
  readonly call: Caller;
  readonly device: DeviceCredentials;
  readonly origin: string;
  readonly signer: Signer;
}): Promise<void> {
  const { call, device, origin, signer } = account;
  const terms = await askChallenge(call, origin);
  const signature = await answerDeletion(terms, device, signer);
  const { challenge } = terms;
  await call(AccountsService.method.deleteAccount, { challenge, origin, signature });
}
