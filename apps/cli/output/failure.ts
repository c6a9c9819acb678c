import type { HeliogramError } from '@heliogram/protocol';
import { createStyle, wantsColour } from './style.ts';
import { printable } from './terminal-text.ts';

/** Says on stderr what went wrong and what to do; answers the exit status. */
export function reportFailure(error: HeliogramError, json: boolean): number {
  const { code, message } = error;
  const text = json ? JSON.stringify({ error: { code, message } }) : sentence(error);
  process.stderr.write(`${text}\n`);
  return code === 'usage' ? 2 : 1;
}

function sentence({ code, message, retryAfterMs }: HeliogramError): string {
  const { warning, dim } = createStyle(wantsColour(process.stderr));
  const advice = retryAfterMs === undefined ? ADVICE[code] : waitAdvice(retryAfterMs);
  const head = `${warning('heliogram:')} ${printable(message)}`;
  return advice === undefined ? head : `${head}\n${dim(advice)}`;
}

function waitAdvice(retryAfterMs: number): string {
  return `Try again in ${Math.ceil(retryAfterMs / 1_000)} s.`;
}

const ADVICE: Partial<Record<HeliogramError['code'], string>> = {
  usage: 'See “heliogram help” or “heliogram COMMAND --help”.',
  timeout: 'Check the connection and the server, then try again.',
  interrupted: 'Try again; what was acknowledged before is safe.',
  device_revoked:
    'It was done from another device, for good; “heliogram recover” in another --profile makes a new one.',
  phrase_invalid: 'Check the words and their order: 24 English words, as sign-up showed them.',
  username_taken: 'Choose another --username, or leave it out.',
  invite_invalid: 'Ask whoever runs the server, or a member, for another invite.',
  quota_exceeded: 'Delete posts or files that you no longer need, then try again.',
  storage_full: 'Nothing was lost or half written; it works again once there is room.',
  internal: 'This is a fault of the program; a report with the command that showed it helps.',
};
