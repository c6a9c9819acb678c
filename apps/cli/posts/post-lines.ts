import {
  asHeliogramError,
  type ComposedPost,
  contentId,
  type Outgoing,
  type PostTarget,
} from '@heliogram/client';
import { DependencyError, type HeliogramError } from '@heliogram/protocol';
import type { CommandContext } from '../arguments/command.ts';
import { channelOf } from '../session/chat-reference.ts';
import { onInterruption } from '../session/interruption.ts';
import { tellOutages } from '../session/outages.ts';
import { type Session, withSession } from '../session/session.ts';
import { type Line, lineBatches } from './lines.ts';
import { targetOf } from './target.ts';

/** Posts that may wait for the server before no more of stdin is read. */
const maxWaiting = 256;

type Sent = { readonly line: Line; readonly outgoing: Outgoing };

/** Posts each line of stdin; tells each on stdout once it is in the log, in the order of the input. */
export async function postLines(context: CommandContext): Promise<void> {
  const interrupted = new Promise<never>((_, reject) => {
    onInterruption(() =>
      reject(new DependencyError('interrupted', 'interrupted before the end of stdin')),
    );
  });
  await withSession(
    context,
    (session) => {
      tellOutages(session, context);
      return Promise.race([interrupted, new LinePublisher(context, session).run()]);
    },
    { persistence: 'keep-trying' },
  ).finally(() => process.stdin.destroy());
}

class LinePublisher {
  readonly #context: CommandContext;
  readonly #session: Session;
  #waiting = 0;
  #wake: () => void = () => undefined;
  #told: Promise<void> = Promise.resolve();

  constructor(context: CommandContext, session: Session) {
    this.#context = context;
    this.#session = session;
  }

  async run(): Promise<void> {
    const { args } = this.#context;
    const channel = await channelOf(this.#session, args.word('CHAT'));
    const target = targetOf(channel, this.#session);
    for await (const lines of lineBatches(process.stdin)) {
      for (let i = 0; i < lines.length; i += maxWaiting) {
        await this.#post(target, lines.slice(i, i + maxWaiting));
      }
    }
    await this.#told;
  }

  async #post(target: PostTarget, lines: readonly Line[]): Promise<void> {
    const composed = lines.flatMap((line) => this.#compose(target, line));
    if (composed.length === 0) return;
    await this.#room(composed.length);
    const posts = composed.map(({ post }) => post);
    const outgoing = await this.#session.client.outbox.enqueue(target.conversationId, posts);
    const sent = outgoing.map((each, i) => ({ line: composed[i]?.line ?? noLine, outgoing: each }));
    // One after the other, whatever order the answers come in.
    this.#told = this.#told.then(() => this.#tell(target.conversationId, sent));
    // A failure of output is thrown where the end is waited for.
    this.#told.catch(() => undefined);
  }

  /** Empty lines are no posts; a line that cannot be one is told and left out. */
  #compose(target: PostTarget, line: Line): { line: Line; post: ComposedPost }[] {
    if (line.text.trim() === '') return [];
    const silent = this.#context.args.on('silent');
    try {
      return [
        { line, post: this.#session.client.posts.compose(target, { text: line.text, silent }) },
      ];
    } catch (error) {
      this.#refused(line, asHeliogramError(error));
      return [];
    }
  }

  async #room(count: number): Promise<void> {
    while (this.#waiting > 0 && this.#waiting + count > maxWaiting) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    this.#waiting += count;
  }

  async #tell(conversationId: string, sent: readonly Sent[]): Promise<void> {
    const { out } = this.#context;
    for (const { line, outgoing } of sent) {
      try {
        const { seq } = await outgoing.posted;
        const id = contentId(outgoing.payload);
        out.result({ conversationId, seq, id }, ({ dim }) => `${seq} ${dim(id)}`);
      } catch (thrown) {
        const error = asHeliogramError(thrown);
        if (isFinal(error)) throw error;
        this.#refused(line, error);
      }
      this.#waiting--;
      this.#wake();
    }
    // Remembered until the reader has it: what was told twice is better than never.
    await out.flushed();
    await this.#session.client.outbox.reported(sent.map(({ outgoing }) => outgoing));
  }

  #refused({ number }: Line, { code, message }: HeliogramError): void {
    const { json } = this.#context.out;
    if (json)
      process.stderr.write(`${JSON.stringify({ error: { code, message, line: number } })}\n`);
    else process.stderr.write(`line ${number}: ${message}\n`);
    process.exitCode = 1;
  }
}

const noLine: Line = { number: 0, text: '' };

/** Whether no other line can fare better. */
function isFinal(error: HeliogramError): boolean {
  return error.blame !== 'validation' || error.code === 'not_found' || error.code === 'gone';
}
