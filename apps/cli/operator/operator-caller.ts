import type { Caller } from '@heliogram/client';
import type { Arguments } from '../arguments/arguments.ts';
import { loadOperator } from './serve-module.ts';
import { dataDirectory } from './server-settings.ts';

/** Calls the operator's methods on the data directory, whether a server runs on it or not. */
export async function operatorCaller(args: Arguments): Promise<Caller> {
  const directory = await dataDirectory(args);
  const { operate } = await loadOperator();
  return (method, request) => operate(directory, { method, request });
}
