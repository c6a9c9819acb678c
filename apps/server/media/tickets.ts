import { createHash, timingSafeEqual } from 'node:crypto';
import { type Runtime, randomHex } from '../runtime.ts';

const TICKET_BYTES = 32;

/** A secret of whoever opened the upload; the server keeps its hash only. */
export function issueTicket(runtime: Runtime): { readonly ticket: string; readonly hash: string } {
  const ticket = randomHex(runtime, TICKET_BYTES);
  return { ticket, hash: hashOf(ticket) };
}

export function fits(ticket: unknown, hash: string): boolean {
  if (typeof ticket !== 'string' || !/^[0-9a-f]{64}$/.test(ticket)) return false;
  return timingSafeEqual(Buffer.from(hashOf(ticket)), Buffer.from(hash));
}

const hashOf = (ticket: string): string => createHash('sha256').update(ticket).digest('hex');
