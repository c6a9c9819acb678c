import {
  type ConversationId,
  type ConversationKind,
  ConversationKindSchema,
  conversationId,
  InternalError,
} from '@heliogram/protocol';
import type { Database } from '../storage/port.ts';
import type { Conversation } from './policy.ts';

const MAX_CACHED = 100_000;

/** Conversations by either id. What is cached never changes while the conversation lives. */
export class ConversationDirectory {
  readonly #database: Database;
  readonly #byId = new Map<string, Conversation>();
  readonly #byRow = new Map<number, Conversation>();

  constructor(database: Database) {
    this.#database = database;
  }

  async find(id: string): Promise<Conversation | undefined> {
    return this.#byId.get(id) ?? this.#load('conversation_id', id);
  }

  async byRow(row: number): Promise<Conversation | undefined> {
    return this.#byRow.get(row) ?? this.#load('id', row);
  }

  forget(conversation: Conversation): void {
    this.#byId.delete(conversation.conversationId);
    this.#byRow.delete(conversation.id);
  }

  async #load(
    column: 'conversation_id' | 'id',
    value: string | number,
  ): Promise<Conversation | undefined> {
    const row = await this.#database
      .selectFrom('conversations')
      .select(['id', 'conversation_id', 'kind'])
      .where(column, '=', value)
      .executeTakeFirst();
    if (!row) return undefined;
    const conversation = conversationFromRow(row);
    if (this.#byId.size >= MAX_CACHED) this.#clear();
    this.#byId.set(conversation.conversationId, conversation);
    this.#byRow.set(conversation.id, conversation);
    return conversation;
  }

  #clear(): void {
    this.#byId.clear();
    this.#byRow.clear();
  }
}

function conversationFromRow(row: {
  id: number;
  conversation_id: string;
  kind: number;
}): Conversation {
  const id: ConversationId = conversationId(row.conversation_id);
  return { id: row.id, conversationId: id, kind: kindFromRow(row.kind) };
}

function kindFromRow(kind: number): ConversationKind {
  if (isConversationKind(kind)) return kind;
  throw new InternalError('a stored conversation has an unknown kind');
}

const KINDS: ReadonlySet<number> = new Set(ConversationKindSchema.values.map((v) => v.number));

const isConversationKind = (kind: number): kind is ConversationKind => KINDS.has(kind);
