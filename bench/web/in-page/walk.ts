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
}

interface Watched {
  readonly post: HTMLElement;
  readonly expectedTop: number;
}

async function walk({ scroller, step, untilSeq, maxFrames }: Walk) {
  const list = document.querySelector<HTMLElement>(scroller);
  if (!list) throw new Error(`no ${scroller} to scroll`);
  const found = { moving: 0, px: 0, jumps: 0, maxJumpPx: 0, reached: false };
  let watched: Watched | undefined;
  let frames = 0;
  for (; frames < maxFrames && !found.reached; frames += 1) {
    await new Promise((frame) => requestAnimationFrame(frame));
    const off = watched ? offBy(watched) : 0;
    if (off > TOLERANCE_PX) found.jumps += 1;
    found.maxJumpPx = Math.max(found.maxJumpPx, off);
    found.reached = isInView(list, untilSeq);
    const post = middlePost(list);
    const top = post?.getBoundingClientRect().top ?? 0;
    const moved = scrollOn(list, step);
    found.px += Math.abs(moved);
    if (Math.abs(moved) >= 1) found.moving += 1;
    watched = post && { post, expectedTop: top - moved };
  }
  return { ...found, steps: frames };
}

function offBy({ post, expectedTop }: Watched): number {
  return post.isConnected ? Math.abs(post.getBoundingClientRect().top - expectedTop) : 0;
}

function isInView(list: HTMLElement, seq: number): boolean {
  const post = list.querySelector(`[data-seq="${seq}"]`)?.getBoundingClientRect();
  const { top, bottom } = list.getBoundingClientRect();
  return post !== undefined && post.bottom > top && post.top < bottom;
}

/** The post nearest to the middle: it stays in view. */
function middlePost(list: HTMLElement): HTMLElement | undefined {
  const { left, top, width, height } = list.getBoundingClientRect();
  for (let y = top + height / 2; y < top + height; y += 24) {
    const at = document.elementFromPoint(left + width / 2, y)?.closest<HTMLElement>('[data-seq]');
    if (at) return at;
  }
  return undefined;
}

/** Scrolls as far as there is room; answers how far that was. */
function scrollOn(list: HTMLElement, step: number): number {
  const before = list.scrollTop;
  list.scrollBy({ top: step, behavior: 'instant' });
  return list.scrollTop - before;
}

Object.assign(globalThis, { walk });
