import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Attachment,
  composeEdit,
  composePost,
  conversationUri,
  encodeContent,
} from '@heliogram/content';
import { ConversationKind, conversationId, EntryKind } from '@heliogram/protocol';
import type { PostHits } from '../../channels/search-port.ts';
import type { Conversation } from '../../conversations/policy.ts';
import { nodeRuntime } from '../../node-runtime.ts';
import type { Storage, StoredEntry } from '../../storage/port.ts';
import { openSqliteStorage } from '../../storage/sqlite/index.ts';
import { silentLog } from '../../telemetry.ts';
import { createSearch, type Search } from '../index.ts';

const NOON = Date.parse('2026-11-23T12:00:00Z');
const everybody = async (rows: readonly number[]) => new Set(rows);

/** The search room over a real database, told of appends as the channels room tells it. */
export class World {
  readonly directory = mkdtempSync(join(tmpdir(), 'search-'));
  readonly path = join(this.directory, 'search.db');
  readonly storage: Storage = openSqliteStorage({ path: join(this.directory, 'heliogram.db') });
  search: Search;
  #salt = 0;

  constructor() {
    this.search = this.open();
    this.search.start();
  }

  open(): Search {
    const { storage, path } = this;
    return createSearch({ storage, path, runtime: nodeRuntime, log: silentLog });
  }

  /** As a restart finds things: nothing of what was told is kept but the files. */
  async restart(between?: () => void | Promise<void>): Promise<void> {
    await this.search.stop();
    await between?.();
    this.search = this.open();
    this.search.start();
    await this.search.settled();
  }

  async close(): Promise<void> {
    await this.search.stop();
    await this.storage.close();
    rmSync(this.directory, { recursive: true });
  }

  async channel(
    details: { title?: string; username?: string; description?: string; unlisted?: boolean } = {},
  ): Promise<Conversation> {
    const { id } = await this.storage.db
      .insertInto('conversations')
      .values({ conversation_id: this.#hex(), kind: ConversationKind.CHANNEL, created_at: NOON })
      .returning('id')
      .executeTakeFirstOrThrow();
    await this.storage.db
      .insertInto('channels')
      .values({
        conversation: id,
        owner: 1,
        title: details.title ?? 'Channel',
        username: details.username ?? null,
        description: details.description ?? '',
        avatar_media_id: '',
        unlisted: Number(details.unlisted ?? false),
        forbid_forwarding: 0,
        sign_posts: 0,
        no_index: 0,
        forbid_reactions: 0,
        subscribers: 0,
        subscribers_shown: 0,
        taken_down_reason: null,
      })
      .execute();
    const row = await this.storage.db
      .selectFrom('conversations')
      .select('conversation_id')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    const channel = {
      id,
      conversationId: conversationId(row.conversation_id),
      kind: ConversationKind.CHANNEL,
    };
    this.search.feed.channelChanged(channel);
    return channel;
  }

  async post(
    channel: Conversation,
    text: string,
    more: { attachments?: readonly Attachment[]; sentAt?: number } = {},
  ): Promise<number> {
    const { attachments = [], sentAt } = more;
    const content = composePost({ ...this.#envelope(channel), text, attachments });
    const [seq] = await this.append(channel, [
      { kind: EntryKind.POST, payload: encodeContent(content), ...(sentAt && { sentAt }) },
    ]);
    return seq ?? 0;
  }

  async edit(channel: Conversation, targetSeq: number, text: string): Promise<void> {
    const replaces = new Uint8Array(32);
    const content = composeEdit({ ...this.#envelope(channel), replaces, text });
    await this.append(channel, [
      { kind: EntryKind.EDIT, payload: encodeContent(content), targetSeq },
    ]);
  }

  async redact(channel: Conversation, targetSeq: number): Promise<void> {
    await this.append(channel, [{ kind: EntryKind.REDACTION, payload: null, targetSeq }]);
  }

  postPayload(channel: Conversation, text: string): Uint8Array {
    return encodeContent(composePost({ ...this.#envelope(channel), text }));
  }

  async append(
    channel: Conversation,
    entries: readonly {
      kind: StoredEntry['kind'];
      payload: Uint8Array | null;
      targetSeq?: number;
      sentAt?: number;
    }[],
    told = true,
  ): Promise<number[]> {
    const outcomes = await this.storage.log.append(
      entries.map(({ kind, payload, targetSeq = 0, sentAt = NOON }) => ({
        conversation: channel.id,
        kind,
        author: 1,
        sentAt,
        appendId: this.#bytes(),
        payload,
        silent: false,
        signed: false,
        targetSeq,
      })),
    );
    const stored = outcomes.flatMap((outcome) =>
      outcome.kind === 'appended' ? [outcome.entry] : [],
    );
    if (told) this.search.feed.entriesAppended(channel, stored);
    return stored.map(({ seq }) => seq);
  }

  async find(
    query: string,
    more: {
      conversation?: number;
      offset?: number;
      limit?: number;
      readable?: typeof everybody;
    } = {},
  ): Promise<PostHits> {
    await this.search.settled();
    return this.search.posts.search({ query, readable: everybody, offset: 0, limit: 50, ...more });
  }

  /** Seqs of what is found, best first. */
  async seqs(query: string, more: Parameters<World['find']>[1] = {}): Promise<number[]> {
    return (await this.find(query, more)).hits.map(({ seq }) => seq);
  }

  /** Whether the bytes stand anywhere in the files of the index. */
  holds(text: string): boolean {
    return ['', '-wal'].some((suffix) => {
      try {
        return readFileSync(this.path + suffix).includes(text);
      } catch {
        return false;
      }
    });
  }

  #envelope(channel: Conversation) {
    const uri = conversationUri(channel.conversationId);
    return { salt: this.#bytes(), senderUri: uri, roomUri: uri };
  }

  #bytes(): Uint8Array {
    this.#salt += 1;
    const bytes = new Uint8Array(16);
    new DataView(bytes.buffer).setUint32(12, this.#salt);
    return bytes;
  }

  #hex(): string {
    return Buffer.from(this.#bytes()).toString('hex');
  }
}
