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
  LogWeight,
  ReadRange,
  StoredEntry,
} from '../port.ts';
import type { Connections } from './dialect.ts';
import { countPostsAfter, readEntries, readEntry, weightAfter } from './log-reads.ts';
import { postAndEdits, UsageChange } from './log-usage.ts';
import {
  claimAppendId,
  eraseEntries,
  findAppended,
  insertEntry,
  redactEntry,
  reviseEntry,
  saveHead,
  takeDownEntry,
  trimEntries,
} from './log-writes.ts';
import { type EntryTable, RecentEntries, storedHead } from './recent-entries.ts';

type Head = { headSeq: number; posts: number; headSentAt: number };

/** What a batch has changed so far, and the table it goes to. */
type Staged = {
  readonly heads: Map<number, Head>;
  readonly writer: Connection;
  readonly table: EntryTable;
  readonly usage: UsageChange;
};

const MAX_CACHED_HEADS = 100_000;

/** The log on SQLite: prepared statements only, one transaction a batch. */
export class SqliteLogStore implements LogStore {
  readonly #connections: Connections;
  /** Heads of conversations written lately. Only this process writes, so they stay true. */
  readonly #heads = new Map<number, Head>();
  readonly #recent = new RecentEntries();

  constructor(connections: Connections) {
    this.#connections = connections;
  }

  append(batch: readonly AppendCommand[]): Promise<readonly AppendOutcome[]> {
    return this.#write((writer) => {
      try {
        return this.#appendAll(writer, batch);
      } catch (error) {
        // A commit that fails may be stored all the same: what is known of the log is read anew.
        this.#heads.clear();
        this.#recent.forget();
        throw error;
      }
    });
  }

  #appendAll(writer: Connection, batch: readonly AppendCommand[]): readonly AppendOutcome[] {
    const heads = new Map<number, Head>();
    const { outcomes, placement } = writer.transact(() => {
      const placement = this.#recent.prepare(writer, batch);
      const usage = new UsageChange();
      const staged = { heads, writer, usage, table: placement.table };
      const outcomes = batch.map((command) => this.#appendOne(command, staged));
      usage.write(writer);
      // The heads of recent entries are found in them until they are folded.
      if (placement.table === 'entries') {
        for (const [conversation, head] of heads) saveHead(writer, conversation, head);
      }
      return { outcomes, placement };
    });
    this.#recent.settle(placement);
    this.#remember(heads);
    return outcomes;
  }

  #appendOne(command: AppendCommand, staged: Staged): AppendOutcome {
    const { writer, table } = staged;
    const head = this.#stage(command.conversation, staged);
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
    insertEntry(writer, table, { command, entry });
    if (command.kind === EntryKind.EDIT) reviseEntry(writer, command, entry.seq);
    staged.usage.add(command.author, command.payload?.byteLength ?? 0);
    if (command.kind === EntryKind.REDACTION) redact(command, staged);
    return { kind: 'appended', entry };
  }

  #stage(conversation: number, { heads, writer }: Staged): Head {
    const known = heads.get(conversation);
    if (known) return known;
    const head = { ...(this.#heads.get(conversation) ?? loadHead(writer, conversation)) };
    heads.set(conversation, head);
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

  async countPosts(after: readonly CountFrom[], cap: number): Promise<readonly number[]> {
    return this.#guard(() =>
      after.map((from) => countPostsAfter(this.#connections.reader, from, cap)),
    );
  }

  setTakenDown(conversation: number, seq: number, reason: string | null): Promise<boolean> {
    return this.#transact((writer) => takeDownEntry(writer, { conversation, seq }, reason));
  }

  async weight(conversation: number, afterSeq: number): Promise<LogWeight> {
    return this.#guard(() => weightAfter(this.#connections.reader, conversation, afterSeq));
  }

  /** The head stays: the time of the next entry and its number are told by it. */
  trim(conversation: number, upToSeq: number): Promise<void> {
    return this.#transact((writer) => {
      const { headSeq } = storedHead(writer, conversation);
      trimEntries(writer, conversation, Math.min(upToSeq, headSeq - 1));
    });
  }

  erase(conversation: number): Promise<void> {
    return this.#write((writer) => {
      try {
        writer.transact(() => eraseEntries(writer, conversation));
      } finally {
        this.#heads.delete(conversation);
      }
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

function redact(command: AppendCommand, { usage, writer }: Staged): void {
  usage.remove(writer, postAndEdits(command));
  redactEntry(writer, command);
}

function loadHead(connection: Connection, conversation: number): Head {
  const { headSeq, posts } = storedHead(connection, conversation);
  const headSentAt = headSeq === 0 ? 0 : readEntry(connection, conversation, headSeq)?.sentAt;
  return { headSeq, posts, headSentAt: headSentAt ?? 0 };
}

function advance(head: Head, command: AppendCommand): void {
  head.headSeq += 1;
  // The clock as it is: one wrong hour must not date what comes after it (LOG-2).
  head.headSentAt = command.sentAt;
  if (command.kind === EntryKind.POST) head.posts += 1;
  if (command.kind === EntryKind.REDACTION) head.posts -= 1;
}

function storedEntry(command: AppendCommand, head: Head): StoredEntry {
  return {
    seq: head.headSeq,
    kind: command.kind,
    author: command.author,
    sentAt: head.headSentAt,
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

const actsOnTarget = (command: AppendCommand): boolean =>
  command.kind === EntryKind.EDIT || command.kind === EntryKind.REDACTION;

/** Edits and redactions act on a post that still has its payload. */
function reachesTarget(writer: Connection, command: AppendCommand): boolean {
  const target = readEntry(writer, command.conversation, command.targetSeq);
  return target !== undefined && target.kind === EntryKind.POST && !target.redacted;
}
