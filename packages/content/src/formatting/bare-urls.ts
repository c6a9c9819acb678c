import { after, before, isForeignLetter } from './characters.ts';
import { type Destination, readDestination } from './destinations.ts';

/** A URL in running text: where it ends, and where it goes unless it must not be a link. */
interface BareUrl {
  readonly end: number;
  readonly destination: Destination | undefined;
}

const SCHEME = /https?:\/\//iy;
/** A name and password before the host: the URL goes elsewhere than it seems to. */
const USER_DATA = /[\w.%$&+=:-]*@/y;
const PORT = /:\d{1,5}(?![\p{L}\p{N}])/uy;
/** What nobody sees, and behind it the same address going on: the break is hidden. */
const HIDDEN_BREAK =
  /\\\S|(?:(?!\s)[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]|\ufeff)+[./?#:@%&=-]*[a-z0-9]/iuy;
/** Sentence punctuation and markup at the end of a URL; brackets that it opens and nothing closes. */
const TAIL = /[.,:;!?'*_~({]/;

/**
 * Reads the URL at `at` by the rule of CNT-23. Looks at no character beyond `end`, and at those that
 * it takes only a bounded number of times.
 */
export function readBareUrl(source: string, at: number, end: number): BareUrl | undefined {
  const hostStart = matchAt(SCHEME, source, at);
  if (hostStart === undefined || !mayBegin(before(source, at, 0))) return undefined;
  const hostEnd = Math.min(endOfHost(source, hostStart), end);
  const userData = matchAt(USER_DATA, source, hostEnd);
  if (hostEnd <= hostStart || userData !== undefined) {
    return { end: Math.min(userData ?? hostStart, end), destination: undefined };
  }
  const pathStart = matchAt(PORT, source, hostEnd) ?? hostEnd;
  const stop = endOfPath(source, pathStart, end);
  const hidden = matchAt(HIDDEN_BREAK, source, stop);
  if (hidden !== undefined && hidden <= end) return { end: hidden, destination: undefined };
  const urlEnd = withoutTail(source, hostStart + 1, stop);
  const destination = readDestination(source.slice(at, urlEnd));
  return { end: destination ? urlEnd : stop, destination };
}

function matchAt(pattern: RegExp, source: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(source) ? pattern.lastIndex : undefined;
}

/** `xhttps` and `git+https` are other schemes; beside any other character a URL may begin. */
function mayBegin(left: string): boolean {
  return !/^[a-z0-9+]$/i.test(left);
}

const LABEL = /[\p{L}\p{Nd}\p{M}_-]{1,253}/uy;
/** Latin letters and digits that another script follows directly. */
const LATIN_START =
  /^[\p{Script=Latin}\p{M}0-9_-]*[\p{Script=Latin}0-9]\p{M}*(?=[^\p{Script=Latin}\p{M}0-9_-])/u;

/** Labels of any script. A Latin label ends where another script begins: a particle or a word. */
function endOfHost(source: string, from: number): number {
  for (let at = from, dots = 0; ; dots++) {
    LABEL.lastIndex = at;
    const label = LABEL.exec(source)?.[0];
    if (label === undefined) return Math.max(from, at - 1);
    const next = at + label.length;
    LABEL.lastIndex = next + 1;
    const goesOn = source[next] === '.' && LABEL.test(source);
    const latin = LATIN_START.exec(label)?.[0];
    // A first label of two scripts is a name of two scripts where a second one follows.
    if (latin !== undefined && !(goesOn && dots === 0)) return at + latin.length;
    if (!goesOn) return next;
    at = next + 1;
  }
}

/** Where the path, query and fragment at `from` end, before the punctuation around them is left out. */
function endOfPath(source: string, from: number, end: number): number {
  if (!/^[/?#]$/.test(source[from] ?? '')) return from;
  const path = new PathReader(source);
  let at = from;
  while (at < end && path.takes(at)) at += after(source, at, end).length;
  return at;
}

/** Letters that a path took last: behind Latin ones another script ends it. */
type Writing = 'any' | 'latin' | 'foreign';

/** Within words of other scripts: joiners of Persian and Indic, middle dots, Hebrew and Tibetan marks. */
const WORD_JOINT = /^(?:\u200c|\u200d|[\u30fb\u05be\u05f3\u05f4\u0f0b])$/;

class PathReader {
  readonly #source: string;
  readonly #unclosed = { ')': 0, '}': 0 };
  #writing: Writing = 'any';

  constructor(source: string) {
    this.#source = source;
  }

  /** Whether the character at `at` belongs to the URL. */
  takes(at: number): boolean {
    const character = after(this.#source, at, this.#source.length);
    return character < '\x80' ? this.#takesAscii(character, at) : this.#takesOther(character, at);
  }

  /** The characters of RFC 3986 and braces; a closing bracket only where the URL opened it. */
  #takesAscii(character: string, at: number): boolean {
    if (/[a-z0-9]/i.test(character)) return this.#tookLatin();
    if (character === '(' || character === '{') {
      this.#unclosed[character === '(' ? ')' : '}']++;
      return true;
    }
    if (character === ')' || character === '}') return this.#unclosed[character]-- > 0;
    // A list of URLs is not one.
    if (/[,;]/.test(character)) return matchAt(SCHEME, this.#source, at + 1) === undefined;
    // Behind what parts a URL a name in any script may begin; behind `?` words come too often.
    if (/[/#=&_+-]/.test(character)) this.#writing = 'any';
    else if (character === '?') this.#writing = 'latin';
    return /[/?#=&_%.:~!$'*+@-]/.test(character);
  }

  /** Letters, their marks, and joints of words: other signs are those of the text around it. */
  #takesOther(character: string, at: number): boolean {
    if (/^[\uff01-\uff65\uffe0-\uffee]$/.test(character)) return false;
    if (/^\p{Script=Latin}$/u.test(character)) return this.#tookLatin();
    if (isForeignLetter(character)) {
      if (this.#writing === 'latin') return false;
      this.#writing = 'foreign';
      return true;
    }
    if (WORD_JOINT.test(character)) {
      const next = after(this.#source, at + 1, this.#source.length);
      return this.#writing === 'foreign' && isForeignLetter(next);
    }
    const mark = /^(?!\p{Default_Ignorable_Code_Point})[\p{Mn}\p{Mc}]$/u.test(character);
    return mark && this.#writing !== 'any';
  }

  /** A word that began in another script may hold Latin letters and digits. */
  #tookLatin(): true {
    if (this.#writing !== 'foreign') this.#writing = 'latin';
    return true;
  }
}

function withoutTail(source: string, from: number, end: number): number {
  let at = end;
  while (at > from && TAIL.test(source[at - 1] ?? '')) at--;
  return at;
}
