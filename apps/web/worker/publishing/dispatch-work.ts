import { asHeliogramError, fromHex, newAppendId, type PostDraft } from '@heliogram/client';
import { LogService, ValidationError } from '@heliogram/protocol';
import type { House } from '../session/house.ts';
import type {
  DeleteDispatch,
  Dispatch,
  EditDispatch,
  ForwardDispatch,
  PostDispatch,
} from './dispatch.ts';
import { knownChannel, targetOf } from './target.ts';
import type { Uploads } from './uploads.ts';

/** Some of a deletion was refused for good; the rest is done. */
export class PartlyRefused extends Error {
  readonly seqs: readonly number[];

  constructor(seqs: readonly number[], cause: unknown) {
    super('some posts were not deleted', { cause });
    this.seqs = seqs;
  }
}

/** Does what dispatches say. Each may be done again from its beginning: it still happens once. */
export class DispatchWork {
  readonly #house: House;
  readonly #uploads: Uploads;

  constructor(house: House, uploads: Uploads) {
    this.#house = house;
    this.#uploads = uploads;
  }

  do(dispatch: Dispatch): Promise<void> {
    switch (dispatch.kind) {
      case 'post':
        return this.#post(dispatch);
      case 'edit':
        return this.#edit(dispatch);
      case 'forward':
        return this.#forward(dispatch);
      case 'delete':
        return this.#delete(dispatch);
    }
  }

  async #post(dispatch: PostDispatch): Promise<void> {
    const { client } = this.#house;
    const target = await targetOf(this.#house, dispatch.conversationId);
    const draft = await this.#draft(dispatch);
    const appendId = fromHex(dispatch.appendId);
    if (dispatch.scheduledAt !== null) {
      await client.posts.schedule(target, { ...draft, appendId }, dispatch.scheduledAt);
      return;
    }
    const composed = client.posts.compose(target, draft);
    await client.outbox.enqueue(dispatch.conversationId, [{ ...composed, appendId }]);
  }

  async #draft({
    text,
    replyTo,
    uploads,
    silent,
    conversationId,
  }: PostDispatch): Promise<PostDraft> {
    const attachments = uploads.map((id) => {
      const attachment = this.#uploads.attachment(id);
      if (attachment) return attachment;
      throw new ValidationError('gone', 'a file of this post is not here any more');
    });
    if (replyTo === null) return { text, attachments, silent };
    const reference = await this.#house.client.posts.reference(conversationId, replyTo);
    return { text, attachments, silent, replyTo: reference };
  }

  async #edit({ conversationId, seq, text, appendId }: EditDispatch): Promise<void> {
    const { posts, outbox } = this.#house.client;
    const revision = await posts.composeEdit(conversationId, seq, text);
    await outbox.enqueue(conversationId, [{ ...revision, appendId: fromHex(appendId) }]);
  }

  /** Ends with the answer of the server, so that whoever forwards learns of each channel. */
  async #forward({ conversationId, from, silent, appendIds }: ForwardDispatch): Promise<void> {
    const { posts, outbox, connection } = this.#house.client;
    const title = (await knownChannel(this.#house, from.conversationId))?.title ?? '';
    const target = { ...(await targetOf(this.#house, conversationId)), silent };
    const composed = await Promise.all(
      from.seqs.map(async (seq, i) => {
        const post = { conversationId: from.conversationId, seq, title };
        const appendId = fromHex(appendIds[i] ?? '');
        return { ...(await posts.composeForward(post, target)), appendId };
      }),
    );
    const outgoing = await outbox.enqueue(conversationId, composed);
    const settled = await Promise.allSettled(outgoing.map(({ posted }) => posted));
    const refused = settled.find((each) => each.status === 'rejected');
    if (!refused) return outbox.reported(outgoing);
    const error = asHeliogramError(refused.reason);
    if (connection.closed) throw error;
    await outbox.discard(outgoing.map(({ id }) => id));
    // An open outbox tries for ever, so it was a person who took it back.
    if (error.code !== 'interrupted') throw error;
  }

  async #delete({ conversationId, seqs }: DeleteDispatch): Promise<void> {
    const { client, platform } = this.#house;
    await client.connection.ready();
    const refused: number[] = [];
    let why: unknown;
    for (const seq of seqs) {
      const appendId = newAppendId(platform.scheduler.now(), platform.random);
      try {
        await client.connection.call(LogService.method.redact, { conversationId, seq, appendId });
      } catch (thrown) {
        const error = asHeliogramError(thrown);
        if (error.retry) throw error;
        // Deleted meanwhile: that is what was wanted.
        if (error.code === 'gone') continue;
        refused.push(seq);
        why = error;
      }
    }
    if (refused.length > 0) throw new PartlyRefused(refused, why);
  }
}
