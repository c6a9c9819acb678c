import { hasVisibleText } from '../text/visible.ts';
import { readBareUrl } from './bare-urls.ts';
import { buildInlines, type Mark } from './build.ts';
import { CodeSpans } from './code-spans.ts';
import { isDisguised, mentionedAccount, readDestination, readTarget } from './destinations.ts';
import { pairRuns, type Run, readRun } from './emphasis.ts';
import { readHashtag, readMention, type Surroundings } from './tags.ts';
import type { Inline } from './tree.ts';

/** Pieces of markup that one text shows; after them everything is text as typed (CNT-26). */
const maxMarks = 4_000;

/** Counts down the markup of one text. A bound keeps parsing and display fast. */
export class MarkBudget {
  left = maxMarks;
}

interface Range {
  readonly start: number;
  readonly end: number;
}

const ANY_MARK = /[\\`*_~[\]@#hH]/;

/** Parses a range of `source` as running text. */
export function parseInline(source: string, range: Range, budget: MarkBudget): Inline[] {
  const { start, end } = range;
  const text = source.slice(start, end);
  if (text === '') return [];
  if (budget.left <= 0 || !ANY_MARK.test(text)) return [{ type: 'text', text, start, end }];
  return buildInlines(source, range, new Scanner(source, range, budget).scan());
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
  readonly #budget: MarkBudget;
  readonly #marks: Mark[] = [];
  #runs: Run[] = [];
  #brackets: OpenBracket[] = [];
  /** Runs of `_` that may begin italics and have met none that may end them. */
  #openUnderscores = 0;

  constructor(source: string, { start, end }: Range, budget: MarkBudget) {
    this.#budget = budget;
    this.#source = source;
    this.#start = start;
    this.#end = end;
    this.#codeSpans = new CodeSpans(source, start, end);
  }

  /** Every step moves on by at least one character and looks at no stretch more than a few times. */
  scan(): Mark[] {
    for (let at = this.#start; at < this.#end && this.#budget.left > 0; ) at = this.#step(at);
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
    this.#add({ type: 'text', text, start: at + 1, end: at + 2, from: at });
    return at + 2;
  }

  #code(at: number): number {
    const { code, next } = this.#codeSpans.read(at);
    if (code) this.#add(code);
    return next;
  }

  #run(at: number): number {
    const run = readRun(this.#source, at, { start: this.#start, end: this.#end });
    if (run.canOpen || run.canClose) {
      this.#runs.push(run);
      this.#budget.left--;
    }
    if (run.mark === '_' && run.canOpen) this.#openUnderscores++;
    else if (run.mark === '_' && run.canClose && this.#openUnderscores > 0) this.#openUnderscores--;
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
    if (!hasVisibleText(shown)) return at + 1;
    if (accountId !== undefined) {
      this.#add({ type: 'mention', text: shown, accountId, ...range });
    } else if (destination) {
      const disguised = isDisguised(shown, destination);
      const inner = { innerStart: open.at + 1, innerEnd: at };
      this.#add({ type: 'link', ...destination, disguised, ...range, ...inner });
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
    return this.#leaf(at, readMention(this.#source, at, this.#surroundings()));
  }

  #hashtag(at: number): number {
    return this.#leaf(at, readHashtag(this.#source, at, this.#surroundings()));
  }

  #leaf(at: number, mark: Mark | undefined): number {
    if (!mark) return at + 1;
    this.#add(mark);
    return mark.end;
  }

  #add(mark: Mark): void {
    this.#marks.push(mark);
    this.#budget.left--;
  }

  #surroundings(): Surroundings {
    return { start: this.#start, end: this.#end, inItalic: this.#openUnderscores > 0 };
  }

  #url(at: number): number {
    const url = readBareUrl(this.#source, at, this.#end);
    if (!url) return at + 1;
    const { destination, end } = url;
    if (destination) {
      const range = { start: at, end, innerStart: at, innerEnd: end };
      this.#add({ type: 'link', ...destination, disguised: false, ...range });
    }
    return end;
  }
}
