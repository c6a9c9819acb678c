import type { Caller } from '@heliogram/client';
import type { Arguments } from '../arguments/arguments.ts';

/** Calls the operator's methods on the data directory, whether a server runs on it or not. */
export async function operatorCaller(args: Arguments): Promise<Caller> {
  const dataDirectory = args.value('data') ?? './data';
  const { callOperator, openOffline } = await import('../../server/moderation/index.ts');
  return (method, request) => callOperator({ dataDirectory, method, request, openOffline });
}
