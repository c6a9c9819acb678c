import { shownBlocks } from '@heliogram/content';
import type { ChatRow } from '../../../../bridge/contract/chats.ts';
import type { CommandName, Commands } from '../../../../bridge/contract/contract.ts';
import type {
  ChannelFacts,
  ChannelView,
  LogAnchor,
  LogEvent,
  LogTell,
  OutgoingPost,
  PostView,
} from '../../../../bridge/contract/log.ts';
import type { DraftView, UploadView } from '../../../../bridge/contract/publishing.ts';
import type { MessageWay, ToWindow, ToWorker } from '../../../../bridge/messages.ts';
import { FakeLog } from './fake-log.ts';
import { FakePosts, type Material, owner } from './fake-posts.ts';

export interface Scenario {
  readonly role: 'owner' | 'subscriber' | 'none' | 'visitor';
  readonly posts: number;
  readonly unread: number;
  readonly delayMs: number;
  readonly title: string;
}

export const conversationId = 'c1'.repeat(16);
const all = { post: true, edit: true, delete: true, invite: true, manage: true };
const none = { post: false, edit: false, delete: false, invite: false, manage: false };

/** The worker's side of the bridge with a channel that is made up. Tests look at `calls` and `tells`. */
export class FakeWorker implements MessageWay<ToWorker, ToWindow> {
  readonly calls: { readonly name: string; readonly args: unknown; readonly at: number }[] = [];
  readonly tells: LogTell[] = [];
  readonly posts: FakePosts;
  /** What the next call of a name is refused with. */
  readonly refuse = new Map<string, string>();
  readonly #scenario: Scenario;
  readonly #watches = new Map<number, string>();
  #receive: (message: ToWindow) => void = () => undefined;
  #log: FakeLog | undefined;
  #draft: DraftView = { text: '', uploads: [] };
  #facts: ChannelFacts;
  #scheduled: Commands['listScheduled']['result'] = [];

  constructor(scenario: Scenario, material: Material) {
    this.#scenario = scenario;
    const owns = scenario.role === 'owner';
    this.posts = new FakePosts(material, { count: scenario.posts, now: Date.now(), mine: owns });
    this.#facts = this.#channel();
  }

  receive(take: (message: ToWindow) => void): void {
    this.#receive = take;
  }

  post(message: ToWorker): void {
    // What crosses threads is cloned; files stay what they are.
    const sent = structuredClone(message);
    if (sent.t === 'watch') return this.#watch(sent.id, sent.name, sent.args);
    if (sent.t === 'unwatch') return void this.#watches.delete(sent.id);
    if (sent.t === 'tell') {
      this.tells.push(sent.tell as LogTell);
      return this.#log?.tell(sent.tell as LogTell);
    }
    this.calls.push({ name: sent.name, args: sent.args, at: performance.now() });
    setTimeout(() => this.#answer(sent.id, sent.name as CommandName, sent.args), 20);
  }

  /** A post of somebody else arrives. */
  arrive(text?: string): void {
    const seq = (this.#log?.head ?? this.posts.count) + 1;
    const said = text ?? this.posts.text(seq);
    this.#log?.arrive(this.#post(seq, said));
  }

  change(seq: number, change: Partial<PostView>): void {
    this.#log?.changed({ ...this.posts.at(seq), ...change });
  }

  setOutgoing(outgoing: readonly OutgoingPost[]): void {
    if (!this.#log) return;
    this.#log.outgoing = outgoing;
    this.#log.frameChanged();
  }

  #post(seq: number, text: string): PostView {
    return {
      seq,
      sentAt: Date.now(),
      deleted: false,
      text,
      blocks: shownBlocks(text),
      attachments: [],
      silent: false,
      pinned: false,
      views: 0,
      reactions: [],
      unsupported: false,
      ...(this.#scenario.role === 'owner' ? { author: owner } : {}),
    };
  }

  #watch(id: number, name: string, args: unknown): void {
    this.#watches.set(id, name);
    if (name === 'log') {
      const { at } = args as { at: LogAnchor };
      const read = this.#scenario.posts - this.#scenario.unread;
      this.#log = new FakeLog(
        this.posts,
        { at, read, delayMs: this.#scenario.delayMs },
        (event: LogEvent) => this.#event(id, event),
      );
      return;
    }
    const states: Record<string, unknown> = {
      session: this.#session(),
      channel: { state: 'ready', channel: this.#facts, stale: false } satisfies ChannelView,
      chats: { chats: this.#chats(), loaded: true },
      draft: { draft: this.#draft },
    };
    setTimeout(() => this.#event(id, states[name]), this.#scenario.delayMs);
  }

  #event(id: number, event: unknown): void {
    if (this.#watches.has(id)) this.#receive({ t: 'event', id, event: structuredClone(event) });
  }

  #tellAll(name: string, event: unknown): void {
    for (const [id, watched] of this.#watches) if (watched === name) this.#event(id, event);
  }

  #session() {
    if (this.#scenario.role === 'visitor') return { phase: 'signed-out', reach: 'online' };
    return {
      phase: 'signed-in',
      reach: 'online',
      me: { ...owner, username: 'leila', bio: '' },
      deviceId: 'd',
      phraseConfirmed: true,
      persistent: true,
      newDevices: [],
    };
  }

  #channel(): ChannelFacts {
    const { role, posts, title } = this.#scenario;
    const pinned = [5, 45].filter((seq) => seq <= posts);
    return {
      conversationId,
      title,
      username: 'ubuntu',
      description: 'What people of the Ubuntu channel asked and answered, day by day.',
      createdAt: Date.now() - 90 * 86_400_000,
      subscribers: 12_834,
      posts,
      role: role === 'visitor' ? 'none' : role,
      rights: role === 'owner' ? all : none,
      muted: false,
      settings: {
        unlisted: false,
        forbidForwarding: false,
        signPosts: true,
        noIndex: false,
        forbidReactions: false,
      },
      pinned: pinned.reverse().map((seq) => ({
        seq,
        preview: { kind: 'text', text: this.posts.at(seq).text || 'Photo', at: 0 },
      })),
    };
  }

  #chats(): readonly ChatRow[] {
    const titles = [
      'Ubuntu',
      'Desert Letters',
      'رسائل الصحراء',
      'Release notes',
      'A channel of somebody else',
    ];
    return titles.map((title, i) => ({
      conversationId: `${i}`.repeat(32),
      kind: 'channel',
      title,
      username: i === 0 ? 'ubuntu' : '',
      unread: 0,
      muted: false,
      pinned: false,
      role: i === 4 ? 'subscriber' : 'owner',
    }));
  }

  #answer(id: number, name: CommandName, args: unknown): void {
    const code = this.refuse.get(name);
    if (code) {
      this.refuse.delete(name);
      return this.#receive({ t: 'refusal', id, failure: { code, message: code, retry: true } });
    }
    this.#receive({ t: 'answer', id, value: this.#run(name, args) });
  }

  #run(name: CommandName, args: unknown): unknown {
    const acts: Partial<Record<CommandName, (args: never) => unknown>> = {
      markRead: ({ seq }: Commands['markRead']['args']) => this.#log?.markRead(seq),
      react: (react: Commands['react']['args']) => this.#react(react),
      search: ({ query }: Commands['search']['args']) => this.#search(query),
      saveDraft: ({ text, replyTo, edits }: Commands['saveDraft']['args']) =>
        this.#save({ text, ...(replyTo ? { replyTo } : {}), ...(edits ? { edits } : {}) }),
      addUpload: (upload: Commands['addUpload']['args']) => this.#upload(upload),
      removeUpload: ({ uploadId }: Commands['removeUpload']['args']) =>
        this.#setUploads((uploads) => uploads.filter((each) => each.uploadId !== uploadId)),
      orderUploads: ({ uploadIds }: Commands['orderUploads']['args']) =>
        this.#setUploads((uploads) =>
          uploadIds.flatMap((each) => uploads.filter(({ uploadId }) => uploadId === each)),
        ),
      postDraft: (draft: Commands['postDraft']['args']) => this.#publish(draft),
      editPost: ({ seq, text }: Commands['editPost']['args']) =>
        this.change(seq, { text, blocks: shownBlocks(text), editedAt: Date.now() }),
      listScheduled: () => this.#scheduled,
      cancelScheduled: ({ scheduledId }: Commands['cancelScheduled']['args']) => {
        this.#scheduled = this.#scheduled.filter((each) => each.scheduledId !== scheduledId);
      },
      follow: () => {
        this.#facts = { ...this.#facts, role: 'subscriber' };
        this.#tellAll('channel', { state: 'ready', channel: this.#facts, stale: false });
        return { conversationId, requested: false };
      },
    };
    return acts[name]?.(args as never) ?? null;
  }

  #react({ seq, emoji }: Commands['react']['args']): void {
    const others = this.posts
      .at(seq)
      .reactions.map((each) => (each.mine ? { ...each, mine: false, count: each.count - 1 } : each))
      .filter(({ count }) => count > 0);
    const known = others.find((each) => each.emoji === emoji);
    const rest = others.filter((each) => each.emoji !== emoji);
    const reactions =
      emoji === '' ? others : [...rest, { emoji, count: (known?.count ?? 0) + 1, mine: true }];
    this.change(seq, { reactions });
  }

  #search(query: string) {
    const hits = Array.from({ length: this.posts.count }, (_, i) =>
      this.posts.at(this.posts.count - i),
    ).filter(({ text }) => text.toLowerCase().includes(query.toLowerCase()));
    const posts = hits.slice(0, 20).map(({ seq, text, sentAt }) => {
      const from = text.toLowerCase().indexOf(query.toLowerCase());
      return {
        conversationId,
        seq,
        title: '',
        at: sentAt,
        snippet: text,
        highlights: [from, from + query.length],
      };
    });
    return {
      chats: [],
      channels: [],
      people: [],
      posts,
      morePosts: hits.length > 20,
      offline: false,
    };
  }

  #save(draft: Omit<DraftView, 'uploads'>): void {
    this.#draft = { ...draft, uploads: this.#draft.uploads };
    this.#tellDraft();
  }

  #tellDraft(): void {
    const seq = this.#draft.edits ?? this.#draft.replyTo;
    const reply =
      seq === undefined
        ? {}
        : { replyTo: { seq, preview: { kind: 'text', text: this.posts.at(seq).text, at: 0 } } };
    this.#tellAll('draft', { draft: this.#draft, ...reply });
  }

  #upload({ file, as }: Commands['addUpload']['args']) {
    const uploadId = crypto.randomUUID();
    const [type = ''] = file.type.split('/');
    const kinds: Readonly<Record<string, UploadView['kind']>> = {
      image: 'photo',
      video: 'video',
      audio: 'audio',
    };
    const kind = as === 'file' ? 'file' : (kinds[type] ?? 'file');
    const upload: UploadView = {
      uploadId,
      kind,
      name: file.name,
      size: file.size,
      sent: file.size / 2,
      state: 'uploading',
    };
    this.#setUploads((uploads) => [...uploads, upload]);
    setTimeout(
      () =>
        this.#setUploads((uploads) =>
          uploads.map((each) =>
            each.uploadId === uploadId ? { ...each, sent: each.size, state: 'done' } : each,
          ),
        ),
      400,
    );
    return { uploadId };
  }

  #setUploads(change: (uploads: readonly UploadView[]) => readonly UploadView[]): void {
    this.#draft = { ...this.#draft, uploads: change(this.#draft.uploads) };
    this.#tellDraft();
  }

  #publish({ id, text, scheduledAt, silent }: Commands['postDraft']['args']): void {
    this.#draft = { text: '', uploads: [] };
    this.#tellDraft();
    if (scheduledAt !== undefined) {
      this.#scheduled = [
        ...this.#scheduled,
        {
          scheduledId: id,
          at: scheduledAt,
          text,
          blocks: shownBlocks(text),
          attachments: [],
          silent,
        },
      ];
      return;
    }
    this.setOutgoing([
      {
        id,
        text,
        blocks: shownBlocks(text),
        attachments: [],
        queuedAt: Date.now(),
        state: 'sending',
      },
    ]);
    setTimeout(() => {
      if (this.#log) this.#log.outgoing = [];
      this.arrive(text);
    }, 300);
  }
}
