import { link, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { downloadAttachment, viewEntry } from '@heliogram/client';
import { nodePlatform } from '@heliogram/client/node';
import { DependencyError, ValidationError } from '@heliogram/protocol';
import type { CommandContext } from '../arguments/command.ts';
import { Progress } from '../output/progress.ts';
import { printable, shorten } from '../output/terminal-text.ts';
import { conversationOf } from '../session/chat-reference.ts';
import { type Session, withSession } from '../session/session.ts';
import { sizeText } from './entry-text.ts';
import { numberedName, safeFileName } from './file-name.ts';

type Attachment = ReturnType<typeof viewEntry>['attachments'][number];

export async function downloadCommand(context: CommandContext): Promise<void> {
  const { args, out } = context;
  const seq = args.seq();
  const directory = args.value('out') ?? '.';
  await withSession(context, async (session) => {
    const conversationId = await conversationOf(session, args.word('CHAT'));
    const entry = await session.client.posts.entry(conversationId, seq);
    const { attachments } = viewEntry(conversationId, entry);
    if (attachments.length === 0)
      throw new ValidationError('not_found', `post ${seq} has no files`);
    await mkdir(directory, { recursive: true });
    for (const attachment of attachments) {
      const path = await save(session, attachment, { directory, quiet: out.json });
      const { size } = attachment;
      out.result({ path, size }, () => `${printable(path)}  ${sizeText(size)}`);
    }
  });
}

/** Under its own name only once every byte is checked. */
async function save(
  { device }: Session,
  attachment: Attachment,
  { directory, quiet }: { readonly directory: string; readonly quiet: boolean },
): Promise<string> {
  const name = safeFileName(attachment.name);
  const draft = join(directory, `.${name}.${process.pid}.part`);
  const progress = new Progress(shorten(printable(name), 24), quiet);
  const file = await open(draft, 'wx');
  try {
    let received = 0;
    const context = { origin: device.origin, platform: nodePlatform };
    for await (const bytes of downloadAttachment(context, attachment)) {
      await file.write(bytes);
      received += bytes.byteLength;
      progress.update(received / attachment.size);
    }
    await file.sync();
    return await publish(draft, directory, name);
  } finally {
    progress.end();
    await file.close();
    await rm(draft, { force: true });
  }
}

/** A hard link fails where a name is taken, so that nothing is ever overwritten. */
async function publish(draft: string, directory: string, name: string): Promise<string> {
  for (let number = 1; number < 1_000; number++) {
    const path = join(directory, numberedName(name, number));
    const taken = await link(draft, path).then(
      () => false,
      (error: unknown) => isTaken(error),
    );
    if (!taken) return path;
  }
  throw new DependencyError(
    'unavailable',
    `too many files are named ${name}: choose another folder with --out`,
  );
}

function isTaken(error: unknown): true {
  if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return true;
  throw error;
}
