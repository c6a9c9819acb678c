import { text } from 'node:stream/consumers';
import { recover } from '@heliogram/client';
import { UsageError } from '@heliogram/protocol';
import type { Arguments } from '../arguments/arguments.ts';
import type { CommandContext } from '../arguments/command.ts';
import { enrol } from './enrolment.ts';

export async function recoverCommand(context: CommandContext): Promise<void> {
  const { args, out } = context;
  const phrase = await readPhrase(args);
  const device = await enrol(context, { name: '', username: '' }, (parts) =>
    recover({ ...parts, phrase }),
  );
  const { accountId, deviceId } = device;
  out.result({ accountId, deviceId }, ({ dim }) =>
    [
      'Signed in. This profile is a new device of the account.',
      dim(`account ${accountId}`),
      dim(`device  ${deviceId}`),
    ].join('\n'),
  );
}

async function readPhrase(args: Arguments): Promise<string> {
  const given = args.value('phrase');
  if ((given === undefined) !== args.on('phrase-stdin')) {
    throw new UsageError('give the words with --phrase or --phrase-stdin');
  }
  if (given !== undefined) return given;
  if (process.stdin.isTTY)
    process.stderr.write('Enter the 24 words, then press Enter and Ctrl-D:\n');
  return text(process.stdin);
}
