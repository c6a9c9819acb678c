import { asHeliogramError } from '@heliogram/client';
import type { FailureView } from '../bridge/contract/session.ts';

/** An error as windows are told of it. */
export function failureView(thrown: unknown): FailureView {
  const { code, message, retry } = asHeliogramError(thrown);
  return { code, message, retry };
}
