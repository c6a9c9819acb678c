/**
 * Formatted text as a tree. Offsets are UTF-16 units of the source: `start` and `end` cover a
 * node with its markup, so that what lies between its children is markup and nothing is lost.
 */
interface Range {
  readonly start: number;
  readonly end: number;
}

export interface FormattedText {
  readonly source: string;
  readonly blocks: readonly Block[];
}

export type Block = Paragraph | Quote | Pre;

/** Lines as typed; a line feed in the text is a line break. */
export interface Paragraph extends Range {
  readonly type: 'paragraph';
  readonly children: readonly Inline[];
}

/** Lines that begin with `>`; a line feed between two of them is a text of its own. */
export interface Quote extends Range {
  readonly type: 'quote';
  readonly children: readonly Inline[];
}

/** A fenced block, shown as it is. */
export interface Pre extends Range {
  readonly type: 'pre';
  /** The first word after the opening fence; may be empty. */
  readonly language: string;
  readonly text: string;
}

export type Inline = Text | Code | Styled | Link | Mention | Hashtag;

export interface Text extends Range {
  readonly type: 'text';
  readonly text: string;
}

export interface Code extends Range {
  readonly type: 'code';
  readonly text: string;
}

export type Style = 'bold' | 'italic' | 'strike';

export interface Styled extends Range {
  readonly type: Style;
  readonly children: readonly Inline[];
}

export interface Link extends Range {
  readonly type: 'link';
  /** Begins with `https://`, `http://` or `mailto:`; holds no space, control or direction mark. */
  readonly href: string;
  /** Where it goes, for people: the host, or the address of a mailto link. */
  readonly destination: string;
  /** Whether the shown text does not itself say where it goes, so a view must. */
  readonly disguised: boolean;
  readonly children: readonly Inline[];
}

export interface Mention extends Range {
  readonly type: 'mention';
  /** As shown. */
  readonly text: string;
  /** Lower case, of `@username`. */
  readonly username?: string;
  /** Lower-case hex, of `[text](mimi:///u/…)`. */
  readonly accountId?: string;
}

export interface Hashtag extends Range {
  readonly type: 'hashtag';
  readonly text: string;
  /** Without `#`, lower case. */
  readonly tag: string;
}
