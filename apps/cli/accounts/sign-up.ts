import { signUp } from '@heliogram/client';
import { username as parseUsername } from '@heliogram/protocol';
import type { CommandContext } from '../arguments/command.ts';
import { Progress } from '../output/progress.ts';
import { printable } from '../output/terminal-text.ts';
import { enrol } from './enrolment.ts';

export async function signUpCommand(context: CommandContext): Promise<void> {
  const { args, out } = context;
  const name = args.required('name');
  const chosen = args.value('username');
  const username = chosen === undefined ? '' : parseUsername(chosen);
  const progress = new Progress('Creating account', out.json);
  const account = await enrol(context, { name, username }, (parts) =>
    signUp({
      ...parts,
      name,
      username,
      invite: args.value('invite'),
      progress: (fraction) => progress.update(fraction),
    }).finally(() => progress.end()),
  );
  const { accountId, deviceId, recoveryPhrase } = account;
  out.result({ accountId, deviceId, username, recoveryPhrase }, ({ bold, dim, accent }) =>
    [
      `${bold(printable(name))}${username === '' ? '' : ` @${username}`}`,
      dim(`account ${accountId}`),
      dim(`device  ${deviceId}`),
      '',
      accent('Your recovery phrase is shown only once. Write it down and keep it safe:'),
      ...phraseLines(recoveryPhrase),
    ].join('\n'),
  );
}

function phraseLines(phrase: string): readonly string[] {
  const words = phrase
    .split(' ')
    .map((word, i) => `${String(i + 1).padStart(2)} ${word.padEnd(9)}`);
  const rows = Array.from({ length: Math.ceil(words.length / 6) }, (_, row) =>
    words.slice(row * 6, row * 6 + 6),
  );
  return rows.map((row) => `  ${row.join(' ')}`.trimEnd());
}
