// Runs in the page: scrolls a list a step a frame, watching one post for moves that nobody made.

/** What is off by less is rounding. */
const TOLERANCE_PX = 2;

interface Walk {
  readonly scroller: string;
  /** Pixels a frame; upwards is negative. */
  readonly step: number;
  /** Ends where the first post of the log, or the last, is in view. */
  readonly untilSeq: number;
  readonly maxFrames: number;
  /** The posts of the list stay the same: looking for them anew would be the most of the work. */
  readonly isFixed: boolean;
}

interface Watched {
  readonly post: HTMLElement;
  readonly expectedTop: number;
}

async function walk({ scroller, step, untilSeq, maxFrames, isFixed }: Walk) {
  const list = document.querySelector<HTMLElement>(scroller);
  if (!list) throw new Error(`no ${scroller} to scroll`);
  const found = { moving: 0, watched: 0, px: 0, jumps: 0, maxJumpPx: 0, reached: false };
  let posts = postsIn(list);
  let watched: Watched | undefined;
  let frames = 0;
  for (; frames < maxFrames && !found.reached; frames += 1) {
    await new Promise((frame) => requestAnimationFrame(frame));
    const off = offBy(watched);
    if (off > TOLERANCE_PX) found.jumps += 1;
    found.maxJumpPx = Math.max(found.maxJumpPx, off);
    if (!isFixed) posts = postsIn(list);
    found.reached = isInView(list, posts.at(step < 0 ? 0 : -1), untilSeq);
    const post = middlePost(list, posts);
    const top = post?.getBoundingClientRect().top ?? 0;
    const moved = scrollOn(list, step);
    found.px += Math.abs(moved);
    found.moving += Math.abs(moved) >= 1 ? 1 : 0;
    watched = post && { post, expectedTop: top - moved };
    found.watched += watched ? 1 : 0;
  }
  return { ...found, steps: frames };
}

function offBy(watched: Watched | undefined): number {
  if (!watched?.post.isConnected) return 0;
  return Math.abs(watched.post.getBoundingClientRect().top - watched.expectedTop);
}

function postsIn(list: HTMLElement): readonly HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>('[data-seq]')];
}

function isInView(list: HTMLElement, post: HTMLElement | undefined, seq: number): boolean {
  if (Number(post?.dataset['seq']) !== seq) return false;
  const box = post?.getBoundingClientRect();
  const { top, bottom } = list.getBoundingClientRect();
  return box !== undefined && box.bottom > top && box.top < bottom;
}

/** The first post that ends below the middle: it stays in view. */
function middlePost(list: HTMLElement, posts: readonly HTMLElement[]): HTMLElement | undefined {
  const { top, height } = list.getBoundingClientRect();
  const middle = top + height / 2;
  let [from, to] = [0, posts.length];
  while (from < to) {
    const at = (from + to) >> 1;
    if ((posts[at]?.getBoundingClientRect().bottom ?? 0) <= middle) from = at + 1;
    else to = at;
  }
  return posts[from];
}

/** Scrolls as far as there is room; answers how far that was. */
function scrollOn(list: HTMLElement, step: number): number {
  const before = list.scrollTop;
  list.scrollBy({ top: step, behavior: 'instant' });
  return list.scrollTop - before;
}

Object.assign(globalThis, { walk });
