import type { Draft, Place } from './chat-port.ts';

/** A draft from its stored form; null for what is none. */
export function parseDraft(stored: string): Draft | null {
  const value = parse(stored);
  if (!value) return null;
  const { text, replyTo, editing, attachments, changedAt } = value;
  if (typeof text !== 'string' || typeof changedAt !== 'number') return null;
  return {
    text,
    replyTo: typeof replyTo === 'number' ? replyTo : null,
    editing: typeof editing === 'number' ? editing : null,
    attachments: Array.isArray(attachments) ? attachments.filter(isText) : [],
    changedAt,
  };
}

/** A place from its stored form; null for what is none. */
export function parsePlace(stored: string): Place | null {
  const { seq, offset, readSeq } = parse(stored) ?? {};
  if (typeof seq !== 'number' || typeof offset !== 'number') return null;
  return { seq, offset, readSeq: typeof readSeq === 'number' ? readSeq : 0 };
}

function parse(stored: string): Partial<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(stored);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
