import { Auth, methodRules, VerificationError } from '@heliogram/protocol';
import type { Caller } from './connection.ts';

/** Calls what the contract leaves open to everyone; the rest throws `unauthenticated` before it is sent. */
export function anonymousCall(call: Caller): Caller {
  return async (method, request) => {
    if (methodRules(method).auth === Auth.PUBLIC) return call(method, request);
    throw new VerificationError('unauthenticated', 'this needs an account');
  };
}
