import { EntryKind, limits } from '@heliogram/protocol';
import type { Connection } from '../../sqlite/index.ts';
import { storageError } from '../../sqlite/index.ts';
import type {
  AppendCommand,
  AppendOutcome,
  CountFrom,
  FoundEntry,
  LogHead,
  LogPage,
  LogStore,
  ReadRange,
  StoredEntry,
} from '../port.ts';
import type { Connections } from './dialect.ts';
import { countListedAfter, readEntries, readEntry } from './log-reads.ts';

type Head = { headSeq: number; posts: number; lastSentAt: number };

const MAX_CACHED_HEADS = 100_000;

/** The log on SQLite: prepared statements only, one transaction a batch. */
export class SqliteLogStore implements LogStore {
  readonly #connections: Connections;
  /** Heads of conversations written lately. Only this process writes, so they stay true. */
  readonly #heads = new Map<number, Head>();

  constructor(connections: Connections) {
    this.#connections = connections;
  }

  append(batch: readonly AppendCommand[]): Promise<readonly AppendOutcome[]> {
    return this.#write((writer) => {
      const staged = new Map<number, Head>();
      const outcomes = writer.transact(() => {
        const outcomes = batch.map((command) => this.#appendOne(writer, command, staged));
        for (const [conversation, head] of staged) {
          writer
            .prepare(
              `insert into log_heads (conversation, head_seq, posts) values (?1, ?2, ?3)
               on conflict (conversation) do update set head_seq = ?2, posts = ?3`,
            )
            .run(conversation, head.headSeq, head.posts);
        }
        return outcomes;
      });
      this.#remember(staged);
      return outcomes;
    });
  }

  #appendOne(writer: Connection, command: AppendCommand, staged: Map<number, Head>): AppendOutcome {
    const head = this.#stage(writer, command.conversation, staged);
    if (head.headSeq >= limits.maxSeq) return { kind: 'log-full' };
    if (actsOnTarget(command)) {
      const found = findAppended(writer, command.appendId);
      if (found) return { kind: 'duplicate', ...found };
      if (!reachesTarget(writer, command)) return { kind: 'bad-target' };
    }
    if (!claimAppendId(writer, command, head.headSeq + 1)) {
      const found = findAppended(writer, command.appendId);
      return found ? { kind: 'duplicate', ...found } : { kind: 'bad-target' };
    }
    advance(head, command);
    const entry = storedEntry(command, head);
    insert(writer, command, entry);
    if (command.kind === EntryKind.EDIT) revise(writer, command, entry.seq);
    if (command.kind === EntryKind.REDACTION) redact(writer, command);
    return { kind: 'appended', entry };
  }

  #stage(writer: Connection, conversation: number, staged: Map<number, Head>): Head {
    const known = staged.get(conversation);
    if (known) return known;
    const head = { ...(this.#heads.get(conversation) ?? loadHead(writer, conversation)) };
    staged.set(conversation, head);
    return head;
  }

  #remember(staged: ReadonlyMap<number, Head>): void {
    if (this.#heads.size > MAX_CACHED_HEADS) this.#heads.clear();
    for (const [conversation, head] of staged) this.#heads.set(conversation, head);
  }

  async read(range: ReadRange): Promise<LogPage> {
    return this.#guard(() => readEntries(this.#connections.reader, range));
  }

  async entry(conversation: number, seq: number): Promise<StoredEntry | undefined> {
    return this.#guard(() => readEntry(this.#connections.reader, conversation, seq));
  }

  async heads(conversations: readonly number[]): Promise<ReadonlyMap<number, LogHead>> {
    return this.#guard(
      () =>
        new Map(
          conversations.map((id) => [
            id,
            this.#heads.get(id) ?? loadHead(this.#connections.reader, id),
          ]),
        ),
    );
  }

  async find(appendIds: readonly Uint8Array[]): Promise<readonly (FoundEntry | undefined)[]> {
    return this.#guard(() => appendIds.map((id) => findAppended(this.#connections.reader, id)));
  }

  async countListed(after: readonly CountFrom[], cap: number): Promise<readonly number[]> {
    return this.#guard(() =>
      after.map((from) => countListedAfter(this.#connections.reader, from, cap)),
    );
  }

  setTakenDown(conversation: number, seq: number, reason: string | null): Promise<boolean> {
    return this.#transact((writer) => {
      const result = writer
        .prepare('update entries set taken_down_reason = ?3 where id = (?1 << 32 | ?2)')
        .run(conversation, seq, reason);
      writer
        .prepare(
          `update entries set taken_down_reason = ?3
           where kind = ${EntryKind.EDIT} and (id >> 32) = ?1 and target_seq = ?2`,
        )
        .run(conversation, seq, reason);
      return Number(result.changes) > 0;
    });
  }

  erase(conversation: number): Promise<void> {
    return this.#write((writer) => {
      writer.transact(() => {
        writer
          .prepare(
            `delete from append_ids where append_id in
             (select append_id from entries where id >= (?1 << 32) and id < (?1 + 1 << 32))`,
          )
          .run(conversation);
        writer
          .prepare('delete from entries where id >= (?1 << 32) and id < (?1 + 1 << 32)')
          .run(conversation);
        writer.prepare('delete from log_heads where conversation = ?').run(conversation);
      });
      this.#heads.delete(conversation);
    });
  }

  #transact<T>(run: (writer: Connection) => T): Promise<T> {
    return this.#write((writer) => writer.transact(() => run(writer)));
  }

  #write<T>(run: (writer: Connection) => T): Promise<T> {
    const { lock, writer } = this.#connections;
    return lock.exclusive(() => this.#guard(() => run(writer)));
  }

  #guard<T>(run: () => T): T {
    try {
      return run();
    } catch (error) {
      throw storageError(error);
    }
  }
}

function loadHead(connection: Connection, conversation: number): Head {
  const row = connection
    .prepare(
      `select h.head_seq as headSeq, h.posts as posts, coalesce(e.sent_at, 0) as lastSentAt
       from log_heads h left join entries e on e.id = (h.conversation << 32 | h.head_seq)
       where h.conversation = ?`,
    )
    .get(conversation) as Head | undefined;
  return row ?? { headSeq: 0, posts: 0, lastSentAt: 0 };
}

function advance(head: Head, command: AppendCommand): void {
  head.headSeq += 1;
  head.lastSentAt = Math.max(head.lastSentAt, command.sentAt);
  if (command.kind === EntryKind.POST) head.posts += 1;
  if (command.kind === EntryKind.REDACTION) head.posts -= 1;
}

/** False when the id was appended before. */
function claimAppendId(writer: Connection, command: AppendCommand, seq: number): boolean {
  const result = writer
    .prepare(
      `insert into append_ids (append_id, entry) values (?1, ?2 << 32 | ?3)
       on conflict do nothing`,
    )
    .run(command.appendId, command.conversation, seq);
  return Number(result.changes) > 0;
}

function findAppended(connection: Connection, appendId: Uint8Array): FoundEntry | undefined {
  const known = connection
    .prepare(
      'select entry >> 32 as conversation, entry & 4294967295 as seq from append_ids where append_id = ?',
    )
    .get(appendId) as { conversation: number; seq: number } | undefined;
  if (!known) return undefined;
  const entry = readEntry(connection, known.conversation, known.seq);
  return entry && { entry, conversation: known.conversation };
}

function storedEntry(command: AppendCommand, head: Head): StoredEntry {
  return {
    seq: head.headSeq,
    kind: command.kind,
    author: command.author,
    sentAt: head.lastSentAt,
    payload: command.payload,
    targetSeq: command.targetSeq,
    silent: command.silent,
    signed: command.signed,
    redacted: false,
    tombstone: null,
    takenDownReason: null,
    revision: null,
  };
}

function insert(writer: Connection, command: AppendCommand, entry: StoredEntry): void {
  writer
    .prepare(
      `insert into entries (id, kind, author, sent_at, append_id, target_seq, silent, signed, payload)
       values (?1 << 32 | ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)`,
    )
    .run(
      command.conversation,
      entry.seq,
      entry.kind,
      entry.author,
      entry.sentAt,
      command.appendId,
      entry.targetSeq,
      entry.silent ? 1 : 0,
      entry.signed ? 1 : 0,
      entry.payload,
    );
}

const actsOnTarget = (command: AppendCommand): boolean =>
  command.kind === EntryKind.EDIT || command.kind === EntryKind.REDACTION;

/** Edits and redactions act on a post that still has its payload. */
function reachesTarget(writer: Connection, command: AppendCommand): boolean {
  const target = readEntry(writer, command.conversation, command.targetSeq);
  return target !== undefined && target.kind === EntryKind.POST && !target.redacted;
}

function revise(writer: Connection, command: AppendCommand, seq: number): void {
  writer
    .prepare('update entries set revision_seq = ?3 where id = (?1 << 32 | ?2)')
    .run(command.conversation, command.targetSeq, seq);
}

function redact(writer: Connection, command: AppendCommand): void {
  writer
    .prepare(
      `update entries set payload = ?3, redacted = 1, revision_seq = null
       where id = (?1 << 32 | ?2)`,
    )
    .run(command.conversation, command.targetSeq, command.tombstone ?? null);
  writer
    .prepare(
      `update entries set payload = null, redacted = 1
       where kind = ${EntryKind.EDIT} and (id >> 32) = ?1 and target_seq = ?2`,
    )
    .run(command.conversation, command.targetSeq);
}
