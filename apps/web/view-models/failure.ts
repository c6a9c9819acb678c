import { CommandError } from '../bridge/bridge.ts';
import type { FailureView } from '../bridge/contract/session.ts';
import type { Texts } from '../language/languages.ts';

/** A failure in the words of the person's language. */
export interface Told {
  readonly text: string;
  readonly code: string;
  readonly retry: boolean;
}

/** What happened and what to do next, for every failure. */
export function tell(errors: Texts['errors'], failure: unknown): Told {
  const { code, message, retry } = failureOf(failure);
  const byCode: Readonly<Record<string, string>> = errors.byCode;
  const known = Object.hasOwn(byCode, code) ? byCode[code] : undefined;
  // The operator's reason is written for the person it concerns.
  const reason = code === 'suspended' || code === 'taken_down' ? reasonOf(message) : '';
  const text = known ?? errors.byCode.internal;
  return { text: reason === '' ? text : `${text} ${reason}`, code, retry };
}

/** The reason that an operator gave, without the English words that servers put before it. */
export function reasonOf(message: string): string {
  return message.replace(SERVER_WORDS, '');
}

const SERVER_WORDS =
  /^(?:the server operator removed this (?:channel|post)|th(?:is|e) (?:account|channel|post) (?:is|was) [a-z ]+)(?:: |$)/;

function failureOf(failure: unknown): FailureView {
  if (failure instanceof CommandError) {
    return { code: failure.code, message: failure.message, retry: failure.retry };
  }
  if (isFailureView(failure)) return failure;
  return { code: 'internal', message: '', retry: false };
}

function isFailureView(value: unknown): value is FailureView {
  if (typeof value !== 'object' || value === null || value instanceof Error) return false;
  return 'code' in value && typeof value.code === 'string' && 'retry' in value;
}
