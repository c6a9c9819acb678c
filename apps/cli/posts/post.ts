import { attachmentOf, contentId, type PostDraft } from '@heliogram/client';
import { limits, UsageError, ValidationError } from '@heliogram/protocol';
import type { CommandContext } from '../arguments/command.ts';
import { isoTime } from '../output/output.ts';
import { channelOf } from '../session/chat-reference.ts';
import { fileNote, uploadFile } from '../session/media.ts';
import { type Session, withSession } from '../session/session.ts';
import { postLines } from './post-lines.ts';
import { targetOf } from './target.ts';

type Attachment = ReturnType<typeof attachmentOf>;

export async function postCommand(context: CommandContext): Promise<void> {
  requireOneSource(context);
  if (context.args.on('stdin')) return postLines(context);
  return withSession(context, (session) => postOne(context, session));
}

/** Throws `usage` unless exactly one of TEXT, --file and --stdin says what to post. */
function requireOneSource({ args }: CommandContext): void {
  const text = args.optionalWord('TEXT') !== undefined;
  const files = args.on('file');
  const stdin = args.on('stdin');
  if ([text, files, stdin].filter(Boolean).length !== 1) {
    throw new UsageError('give either TEXT, --file or --stdin');
  }
  if (args.on('at') && args.on('reply'))
    throw new UsageError('--at cannot be combined with --reply');
  if (args.on('caption') && !files) throw new UsageError('--caption needs --file');
  if (args.on('as-file') && !files) throw new UsageError('--as-file needs --file');
  if (stdin && (args.on('at') || args.on('reply'))) {
    throw new UsageError('--at and --reply cannot be combined with --stdin');
  }
}

async function postOne(context: CommandContext, session: Session): Promise<void> {
  const { args, out } = context;
  const at = args.time('at');
  const channel = await channelOf(session, args.word('CHAT'));
  const target = targetOf(channel, session);
  const draft = await draftOf(context, session, target.conversationId);
  const { posts, outbox } = session.client;
  if (at !== undefined) {
    const scheduledId = await posts.schedule(target, draft, at);
    return out.result({ scheduledId, at: isoTime(at) }, () => `Scheduled for ${isoTime(at)}.`);
  }
  const { conversationId } = target;
  const outgoing = await posts.send(target, [draft]);
  for (const each of outgoing) {
    const { seq } = await each.posted;
    const id = contentId(each.payload);
    out.result({ conversationId, seq, id }, ({ dim }) => `Posted as ${seq}. ${dim(id)}`);
  }
  await out.flushed();
  await outbox.reported(outgoing);
}

async function draftOf(
  { args, out }: CommandContext,
  session: Session,
  conversationId: string,
): Promise<PostDraft> {
  const reply = args.number('reply', { min: 1, max: limits.maxSeq });
  const paths = args.values('file');
  const attachments: Attachment[] = [];
  for (const path of paths) {
    const asFile = args.on('as-file');
    const file = { path, asFile, quiet: out.json, fallBackToFile: !asFile };
    const media = await uploadFile(session, file);
    const note = fileNote(media);
    if (note !== undefined) process.stderr.write(`${note}\n`);
    attachments.push(attachmentOf(media));
  }
  const text = args.optionalWord('TEXT') ?? args.value('caption') ?? '';
  if (text === '' && paths.length === 0) {
    throw new ValidationError('invalid_argument', 'the post is empty: give it text or files');
  }
  return {
    text,
    attachments,
    silent: args.on('silent'),
    ...(reply !== undefined && {
      replyTo: await session.client.posts.reference(conversationId, reply),
    }),
  };
}
