import type { CommandContext } from '../arguments/command.ts';
import { printable } from '../output/terminal-text.ts';
import { loadServer } from './serve-module.ts';
import { dataDirectory } from './server-settings.ts';

export async function backupCommand({ args, out }: CommandContext): Promise<void> {
  const directory = await dataDirectory(args);
  const { backup } = await loadServer();
  const destination = args.word('DEST');
  await backup(directory, destination);
  out.done(`Backed up ${printable(directory)} to ${printable(destination)}.`);
}

export async function restoreCommand({ args, out }: CommandContext): Promise<void> {
  const directory = await dataDirectory(args);
  const { restore } = await loadServer();
  await restore(args.word('SRC'), directory);
  out.done(`Restored. To run it: heliogram serve --data ${printable(directory)}`);
}

export async function backupVerifyCommand({ args, out }: CommandContext): Promise<void> {
  const { verifyBackup } = await loadServer();
  const verified = await verifyBackup(args.word('SRC'));
  const { createdAt, files, version } = verified;
  out.result(
    verified,
    () => `The backup is complete: ${files} files, created ${createdAt} by version ${version}.`,
  );
}
