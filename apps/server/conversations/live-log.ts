import { EntryKind } from '@heliogram/protocol';
import type { Runtime } from '../runtime.ts';
import type { AppendOutcome, Storage, StoredEntry } from '../storage/port.ts';
import type { Telemetry } from '../telemetry.ts';
import type { Delivery } from './delivery.ts';
import { ConversationDirectory } from './directory.ts';
import { Forgetting } from './forgetting.ts';
import { GroupCommit } from './group-commit.ts';
import type { AppendListener, ConversationLog, LogEntry } from './log.ts';
import { LogQuota, type LogQuotaLimits } from './log-quota.ts';
import type { Conversation, ConversationPolicy } from './policy.ts';

/** Durable first, then delivered: the one place where entries enter a log. */
export class LiveLog implements ConversationLog {
  readonly #storage: Storage;
  readonly #runtime: Runtime;
  readonly #delivery: Delivery;
  readonly #policyOf: (conversation: Conversation) => ConversationPolicy;
  readonly #directory: ConversationDirectory;
  readonly #commits: GroupCommit;
  readonly #forgetting: Forgetting;
  readonly #telemetry: Pick<Telemetry, 'appended'>;
  readonly #appended: AppendListener;
  readonly #quota: LogQuota;

  constructor(parts: {
    readonly storage: Storage;
    readonly runtime: Runtime;
    readonly delivery: Delivery;
    readonly policyOf: (conversation: Conversation) => ConversationPolicy;
    readonly telemetry: Pick<Telemetry, 'appended'>;
    readonly appended: AppendListener;
    readonly quota: LogQuotaLimits;
  }) {
    this.#storage = parts.storage;
    this.#runtime = parts.runtime;
    this.#delivery = parts.delivery;
    this.#policyOf = parts.policyOf;
    this.#telemetry = parts.telemetry;
    this.#appended = parts.appended;
    this.#quota = new LogQuota(parts.storage, parts.quota);
    this.#directory = new ConversationDirectory(parts.storage.db);
    this.#commits = new GroupCommit(parts.storage.log, parts.runtime);
    this.#forgetting = new Forgetting(parts.storage, parts.runtime);
  }

  append(
    conversation: Conversation,
    entries: readonly LogEntry[],
  ): Promise<readonly AppendOutcome[]> {
    const sentAt = this.#runtime.now();
    const commands = entries.map((entry) => ({ ...entry, conversation: conversation.id, sentAt }));
    return this.#commits.append(commands, (outcomes) => {
      this.#deliver(conversation, outcomes);
      return outcomes;
    });
  }

  #deliver(conversation: Conversation, outcomes: readonly AppendOutcome[]): void {
    const appended: StoredEntry[] = [];
    for (const outcome of outcomes) {
      if (outcome.kind === 'appended') appended.push(outcome.entry);
    }
    if (appended.length === 0) return;
    if (appended.some(({ kind }) => kind === EntryKind.REDACTION)) this.#forgetting.soon();
    this.#telemetry.appended(appended.length);
    for (const entry of appended) this.#delivery.appended(conversation, entry);
    this.#policyOf(conversation).appended(conversation, appended);
    this.#appended(conversation, appended);
  }

  reserve(account: number, bytes: number): Promise<() => void> {
    return this.#quota.reserve(account, bytes);
  }

  find(conversationId: string): Promise<Conversation | undefined> {
    return this.#directory.find(conversationId);
  }

  byRow(id: number): Promise<Conversation | undefined> {
    return this.#directory.byRow(id);
  }

  async trim(conversation: Conversation, upToSeq: number): Promise<void> {
    await this.#storage.log.trim(conversation.id, upToSeq);
    this.#forgetting.soon();
  }

  async erase(conversation: Conversation): Promise<void> {
    this.#directory.forget(conversation);
    this.#delivery.accessEnded(conversation.conversationId, 'everybody');
    await this.#storage.log.erase(conversation.id);
    this.#forgetting.soon();
  }

  async drain(): Promise<void> {
    await this.#commits.drain();
    this.#forgetting.stop();
  }
}
