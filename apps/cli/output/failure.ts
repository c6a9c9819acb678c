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
  interrupted: 'Try again. Posts that were confirmed are stored.',
  device_revoked:
    'Another device removed this one. To sign in again, run “heliogram recover” with a new --profile.',
  phrase_invalid: 'Check the 24 words and their order.',
  username_taken: 'Choose another username.',
  invite_invalid: 'Ask the server operator or a member for a new invite code.',
  quota_exceeded: 'Delete posts or files that you no longer need, then try again.',
  storage_full: 'Nothing was lost. Try again when there is free space.',
  internal: 'This is a bug in Heliogram. Please report it with the command you ran.',
};
