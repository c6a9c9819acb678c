import type {
  LogAnchor,
  LogEvent,
  LogFrame,
  LogTell,
  OutgoingPost,
  PostView,
} from '../../../../bridge/contract/log.ts';
import type { FakePosts } from './fake-posts.ts';

const pageSize = 60;
const maxHeld = 400;

/** One watched log, as the worker's would answer, a moment later. */
export class FakeLog {
  readonly #posts: FakePosts;
  readonly #send: (event: LogEvent) => void;
  readonly #delayMs: number;
  #from = 1;
  #to = 0;
  #visible = { from: 0, to: 0 };
  #head: number;
  #read: number;
  readonly #firstUnread: number | undefined;
  outgoing: readonly OutgoingPost[] = [];

  constructor(
    posts: FakePosts,
    of: { at: LogAnchor; read: number; delayMs: number },
    send: (event: LogEvent) => void,
  ) {
    this.#posts = posts;
    this.#send = send;
    this.#delayMs = of.delayMs;
    this.#head = posts.count;
    this.#read = of.read;
    this.#firstUnread = of.read < posts.count ? of.read + 1 : undefined;
    this.#later(() => this.#open(of.at));
  }

  tell(tell: LogTell): void {
    if (tell.kind === 'open') return this.#later(() => this.#open(tell.at));
    if (tell.kind === 'visible') {
      this.#visible = { from: tell.fromSeq, to: tell.toSeq };
      return;
    }
    this.#later(() => (tell.kind === 'older' ? this.#older() : this.#newer()));
  }

  markRead(seq: number): void {
    this.#read = Math.max(this.#read, seq);
    this.#change('frame', []);
  }

  arrive(post: PostView): void {
    this.#posts.put(post);
    const follows = this.#to === this.#head;
    this.#head = post.seq;
    if (!follows) return this.#change('frame', []);
    this.#to = post.seq;
    const removed: number[] = [];
    while (this.#to - this.#from >= maxHeld && this.#visible.from - this.#from > 100) {
      removed.push(this.#from++);
    }
    this.#change('arrived', [post], removed);
  }

  changed(post: PostView): void {
    this.#posts.put(post);
    this.#change('edited', [post]);
  }

  frameChanged(): void {
    this.#change('frame', []);
  }

  get head(): number {
    return this.#head;
  }

  #open(at: LogAnchor): void {
    const unread = at.kind === 'unread' ? this.#firstUnread : undefined;
    const target = at.kind === 'post' ? at.seq : unread;
    const middle = target ?? this.#head;
    this.#from = Math.max(1, middle - pageSize / 2);
    this.#to = Math.min(this.#head, middle + pageSize / 2);
    const where =
      target === undefined
        ? {}
        : {
            at: {
              seq: target,
              reason: at.kind === 'post' ? ('post' as const) : ('unread' as const),
            },
          };
    this.#send({
      kind: 'opened',
      frame: this.#frame(),
      posts: this.#range(this.#from, this.#to),
      ...where,
    });
  }

  #older(): void {
    const before = this.#from;
    this.#from = Math.max(1, before - pageSize);
    const removed = this.#trimEnd();
    this.#change('older', this.#range(this.#from, before - 1), removed);
  }

  #newer(): void {
    const before = this.#to;
    this.#to = Math.min(this.#head, before + pageSize);
    const removed: number[] = [];
    while (this.#to - this.#from >= maxHeld) removed.push(this.#from++);
    this.#change('newer', this.#range(before + 1, this.#to), removed);
  }

  #trimEnd(): number[] {
    const removed: number[] = [];
    while (this.#to - this.#from >= maxHeld) removed.push(this.#to--);
    return removed;
  }

  #change(
    reason: Extract<LogEvent, { kind: 'changed' }>['reason'],
    upserted: readonly PostView[],
    removed: readonly number[] = [],
  ): void {
    this.#send({ kind: 'changed', frame: this.#frame(), upserted, removed, reason });
  }

  #range(from: number, to: number): readonly PostView[] {
    return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => this.#posts.at(from + i));
  }

  #frame(): LogFrame {
    return {
      hasOlder: this.#from > 1,
      hasNewer: this.#to < this.#head,
      headSeq: this.#head,
      unread: Math.max(0, this.#head - this.#read),
      outgoing: this.outgoing,
      ...(this.#firstUnread === undefined ? {} : { firstUnreadSeq: this.#firstUnread }),
    };
  }

  #later(run: () => void): void {
    setTimeout(run, this.#delayMs);
  }
}
