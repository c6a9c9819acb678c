import { contentId, type OutboxItem, toHex } from '@heliogram/client';
import { decodeContent, readContent, shownBlocks } from '@heliogram/content';
import { errorFromCode } from '@heliogram/protocol';
import type { OutgoingAttachment, OutgoingPost } from '../../bridge/contract/log.ts';
import type { UploadView } from '../../bridge/contract/publishing.ts';
import { Changes } from '../changes.ts';
import { failureView } from '../failure.ts';
import type { House } from '../session/house.ts';
import type { EditDispatch, PostDispatch } from './dispatch.ts';
import type { Dispatches } from './dispatches.ts';
import type { Uploads } from './uploads.ts';

/** An outgoing post with the id of its content, by which it is known again once it is in the log. */
export type Outgoing = OutgoingPost & { readonly contentId?: string };

/** One's own posts that are not in the log yet: those that wait for files, then those in the outbox. */
export class OutgoingPosts {
  /** Of a conversation. */
  readonly changes = new Changes<string>();
  readonly #house: House;
  readonly #dispatches: Dispatches;
  readonly #uploads: Uploads;

  constructor(house: House, parts: { readonly dispatches: Dispatches; readonly uploads: Uploads }) {
    this.#house = house;
    this.#dispatches = parts.dispatches;
    this.#uploads = parts.uploads;
    const { events } = house.client.outbox;
    events.on('queued', ({ conversationId }) => this.changes.tell(conversationId));
    events.on('posted', ({ item }) => this.changes.tell(item.conversationId));
    events.on('failed', ({ item }) => this.changes.tell(item.conversationId));
    parts.dispatches.changes.on((id) => this.changes.tell(id));
    parts.uploads.changes.on((id) => this.changes.tell(id));
  }

  async list(conversationId: string): Promise<readonly Outgoing[]> {
    const items = await this.#house.client.outbox.unsettled(conversationId);
    // On its way from one to the other a post is in both.
    const queued = new Set(items.map(({ appendId }) => toHex(appendId)));
    const waiting = this.#dispatches
      .writings(conversationId)
      .filter((each) => each.kind === 'edit' || each.scheduledAt === null || each.failure)
      .filter(({ appendId }) => !queued.has(appendId))
      .map((each) => (each.kind === 'edit' ? editView(each) : this.#waiting(each)));
    return [...items.map(outboxView), ...waiting].sort((a, b) => a.queuedAt - b.queuedAt);
  }

  async retry(id: string): Promise<void> {
    if (await this.#dispatches.retry(id)) return;
    const number = outboxNumber(id);
    if (number !== undefined) await this.#house.client.outbox.retry(number);
  }

  async discard(id: string): Promise<void> {
    if (await this.#dispatches.takeBack(id)) return;
    const number = outboxNumber(id);
    if (number === undefined) return;
    const items = await this.#house.store.outbox.items([number]);
    await this.#house.client.outbox.discard([number]);
    for (const { conversationId } of items) this.changes.tell(conversationId);
  }

  #waiting(dispatch: PostDispatch): OutgoingPost {
    const { id, text, uploads, queuedAt, failure, replyTo } = dispatch;
    const views = uploads.flatMap((each) => this.#uploads.view(each) ?? []);
    const refused = failure ?? views.find(({ state }) => state === 'failed')?.failure;
    const attachments = views.map(({ uploadId, kind, name, size, sent }): OutgoingAttachment => {
      return { uploadId, kind, name, size, sent };
    });
    return {
      id,
      text,
      blocks: shownBlocks(text),
      attachments,
      queuedAt,
      state: stateOf(views, refused !== undefined),
      ...(refused && { failure: refused }),
      ...(replyTo !== null && { replyTo: { seq: replyTo } }),
    };
  }
}

function editView({ id, seq, text, queuedAt, failure }: EditDispatch): OutgoingPost {
  return {
    id,
    text,
    blocks: shownBlocks(text),
    attachments: [],
    queuedAt,
    edits: seq,
    state: failure ? 'failed' : 'sending',
    ...(failure && { failure }),
  };
}

function stateOf(uploads: readonly UploadView[], refused: boolean): OutgoingPost['state'] {
  if (refused) return 'failed';
  return uploads.every(({ state }) => state === 'done') ? 'sending' : 'uploading';
}

function outboxView(item: OutboxItem): Outgoing {
  const { id, payload, enqueuedAt, outcome, targetSeq } = item;
  const { text, edits, files } = contentOf(payload);
  const failure =
    outcome?.kind === 'failed' && failureView(errorFromCode(outcome.code, outcome.message));
  return {
    id: `outbox-${id}`,
    contentId: contentId(payload),
    text,
    blocks: shownBlocks(text),
    attachments: files,
    queuedAt: enqueuedAt,
    state: failure ? 'failed' : 'sending',
    ...(failure && { failure }),
    ...(edits && { edits: targetSeq }),
    ...(!edits && targetSeq > 0 && { replyTo: { seq: targetSeq } }),
  };
}

function contentOf(payload: Uint8Array): {
  readonly text: string;
  readonly edits: boolean;
  readonly files: readonly OutgoingAttachment[];
} {
  const view = readContent(decodeContent(payload));
  if (view.kind !== 'post' && view.kind !== 'edit') return { text: '', edits: false, files: [] };
  const files = view.attachments.map(({ showAs: kind, name, size }, i) => {
    return { uploadId: `${i}`, kind, name, size, sent: size };
  });
  return { text: view.text, edits: view.kind === 'edit', files };
}

function outboxNumber(id: string): number | undefined {
  const [, number] = /^outbox-([0-9]+)$/.exec(id) ?? [];
  return number === undefined ? undefined : Number(number);
}
