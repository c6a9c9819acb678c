import { buildInlines, type Mark } from './build.ts';
import { after, bareUrl, before, isWord } from './characters.ts';
import { CodeSpans } from './code-spans.ts';
import { isDisguised, mentionedAccount, readDestination, readTarget } from './destinations.ts';
import { pairRuns, type Run, readRun } from './emphasis.ts';
import type { Inline } from './tree.ts';

/** Parses `source` from `start` to `end` as running text. */
export function parseInline(source: string, start: number, end: number): Inline[] {
  const scanner = new Scanner(source, start, end);
  return buildInlines(source, { start, end }, scanner.scan());
}

interface OpenBracket {
  readonly at: number;
  /** How many runs stand before it. */
  readonly runs: number;
}

class Scanner {
  readonly #source: string;
  readonly #start: number;
  readonly #end: number;
  readonly #codeSpans: CodeSpans;
  readonly #marks: Mark[] = [];
  #runs: Run[] = [];
  #brackets: OpenBracket[] = [];

  constructor(source: string, start: number, end: number) {
    this.#source = source;
    this.#start = start;
    this.#end = end;
    this.#codeSpans = new CodeSpans(source, start, end);
  }

  /** Every step moves on by at least one character and looks at no stretch more than a few times. */
  scan(): Mark[] {
    for (let at = this.#start; at < this.#end; ) at = this.#step(at);
    return this.#marks.concat(pairRuns(this.#runs));
  }

  #step(at: number): number {
    switch (this.#source[at]) {
      case '\\':
        return this.#escape(at);
      case '`':
        return this.#code(at);
      case '*':
      case '_':
      case '~':
        return this.#run(at);
      case '[':
        this.#brackets.push({ at, runs: this.#runs.length });
        return at + 1;
      case ']':
        return this.#closeBracket(at);
      case '@':
        return this.#mention(at);
      case '#':
        return this.#hashtag(at);
      case 'h':
      case 'H':
        return this.#url(at);
      default:
        return at + 1;
    }
  }

  #escape(at: number): number {
    const text = at + 1 < this.#end ? (this.#source[at + 1] ?? '') : '';
    if (!/^[!-/:-@[-`{-~]$/.test(text)) return at + 1;
    this.#marks.push({ type: 'text', text, start: at + 1, end: at + 2, from: at });
    return at + 2;
  }

  #code(at: number): number {
    const { code, next } = this.#codeSpans.read(at);
    if (code) this.#marks.push(code);
    return next;
  }

  #run(at: number): number {
    const run = readRun(this.#source, at, { start: this.#start, end: this.#end });
    if (run.canOpen || run.canClose) this.#runs.push(run);
    return run.end;
  }

  #closeBracket(at: number): number {
    const open = this.#brackets.pop();
    const target = open && readTarget(this.#source, at + 1, this.#end);
    if (!open || !target) return at + 1;
    const shown = this.#source.slice(open.at + 1, at);
    const range = { start: open.at, end: target.end };
    const accountId = mentionedAccount(target.url);
    const destination = readDestination(target.url);
    if (shown.trim() === '') return at + 1;
    if (accountId !== undefined) {
      this.#marks.push({ type: 'mention', text: shown, accountId, ...range });
    } else if (destination) {
      const disguised = isDisguised(shown, destination);
      const inner = { innerStart: open.at + 1, innerEnd: at };
      this.#marks.push({ type: 'link', ...destination, disguised, ...range, ...inner });
    } else {
      return at + 1;
    }
    this.#closeLink(open);
    return target.end;
  }

  /** Markup pairs up inside a link or outside of it, and a link holds no link. */
  #closeLink(open: OpenBracket): void {
    for (const mark of pairRuns(this.#runs.slice(open.runs))) this.#marks.push(mark);
    this.#runs.length = open.runs;
    this.#brackets = [];
  }

  #mention(at: number): number {
    const name = /@([a-z0-9_]{5,32})(?![a-z0-9_@])/iy;
    name.lastIndex = at;
    const username = this.#standsAlone(at, '@/.') ? name.exec(this.#source)?.[1] : undefined;
    const end = at + 1 + (username?.length ?? 0);
    if (username === undefined || end > this.#end) return at + 1;
    const text = `@${username}`;
    this.#marks.push({ type: 'mention', text, username: username.toLowerCase(), start: at, end });
    return end;
  }

  #hashtag(at: number): number {
    const word = /#([\p{L}\p{N}\p{M}_]{1,64})/uy;
    word.lastIndex = at;
    const tag = this.#standsAlone(at, '#&/') ? word.exec(this.#source)?.[1] : undefined;
    if (tag === undefined) return at + 1;
    const end = at + 1 + tag.length;
    if (end > this.#end || isWord(after(this.#source, end, this.#end)) || !/\p{L}/u.test(tag))
      return at + 1;
    this.#marks.push({ type: 'hashtag', text: `#${tag}`, tag: tag.toLowerCase(), start: at, end });
    return end;
  }

  #url(at: number): number {
    bareUrl.lastIndex = at;
    const found = this.#standsAlone(at, '/') ? bareUrl.exec(this.#source)?.[0] : undefined;
    if (found === undefined) return at + 1;
    const url = withoutTail(found.slice(0, this.#end - at));
    const destination = readDestination(url);
    const end = at + url.length;
    // What is not a good URL is skipped whole: trying again inside it would take quadratic time.
    if (!destination) return Math.min(at + found.length, this.#end);
    const range = { start: at, end, innerStart: at, innerEnd: end };
    this.#marks.push({ type: 'link', ...destination, disguised: false, ...range });
    return end;
  }

  /** Whether what begins here is not the tail of a word or follows one of `refused`. */
  #standsAlone(at: number, refused: string): boolean {
    const left = before(this.#source, at, this.#start);
    return left === '' || !(isWord(left) || refused.includes(left));
  }
}

/** A URL in running text without the punctuation of the sentence around it. */
function withoutTail(url: string): string {
  let end = url.length;
  let unopened = count(url, ')') - count(url, '(');
  for (; end > 0; end--) {
    const last = url[end - 1] ?? '';
    if (last === ')' && unopened > 0) unopened--;
    else if (!/[.,:;!?'*_~]/.test(last)) break;
  }
  return url.slice(0, end);
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}
