import './list-row.css';
import type { ComponentProps, ReactNode } from 'react';
import { withClass } from './class-name.ts';

interface RowContent {
  /** An `Avatar` of size `l`, or an icon. */
  readonly leading?: ReactNode;
  readonly title: ReactNode;
  /** Small icons after the title: muted, private. Each says itself by a `VisuallyHidden`. */
  readonly marks?: ReactNode;
  /** The end of the first line: the time. */
  readonly meta?: ReactNode;
  /** The second line. `<strong>` in it is for who wrote it. */
  readonly preview?: ReactNode;
  /** The preview may take several lines: for settings, not for lists that are scanned. */
  readonly wraps?: boolean | undefined;
  /** The end of the second line: pin, unread count. */
  readonly badges?: ReactNode;
  /** After both lines: a switch, a button. Only in a row that is not itself a link or button. */
  readonly trailing?: ReactNode;
  /** 64 px, or 48 px for one line. */
  readonly density?: 'chat' | 'compact' | undefined;
}

interface PlainRow extends RowContent {
  readonly className?: string | undefined;
}

/** A row to look at. */
export function ListRow(props: PlainRow) {
  return (
    <div className={withClass('ui-row', props.className)} data-density={props.density}>
      <RowBody {...props} />
    </div>
  );
}

type LinkRow = RowContent & Omit<ComponentProps<'a'>, 'title' | 'children'>;

/** A row that goes somewhere; `aria-current="page"` marks where one is. */
export function ListRowLink(props: LinkRow) {
  const { leading, title, marks, meta, preview, wraps, badges, trailing, density, ...rest } = props;
  const content = { leading, title, marks, meta, preview, wraps, badges, trailing };
  return (
    <a
      draggable={false}
      {...rest}
      className={withClass('ui-row', rest.className)}
      data-density={density}
    >
      <RowBody {...content} />
    </a>
  );
}

type ButtonRow = RowContent &
  Omit<ComponentProps<'button'>, 'title' | 'children'> & {
    /** One of several chosen; sets `aria-pressed`. */
    readonly selected?: boolean | undefined;
  };

/** A row that does something. */
export function ListRowButton(props: ButtonRow) {
  const { leading, title, marks, meta, preview, wraps, badges, trailing, ...others } = props;
  const { density, selected, ...rest } = others;
  const content = { leading, title, marks, meta, preview, wraps, badges, trailing };
  return (
    <button
      type="button"
      aria-pressed={selected}
      {...rest}
      className={withClass('ui-row', rest.className)}
      data-density={density}
      data-selected={selected || undefined}
    >
      <RowBody {...content} />
    </button>
  );
}

function RowBody({ leading, title, marks, meta, preview, wraps, badges, trailing }: RowContent) {
  return (
    <>
      {leading}
      <span className="ui-row-text">
        <span className="ui-row-line">
          <span
            className="ui-row-title"
            dir="auto"
            data-wraps={(wraps && preview === undefined) || undefined}
          >
            {title}
          </span>
          {marks ? <span className="ui-row-mark">{marks}</span> : null}
          {meta ? <span className="ui-row-meta">{meta}</span> : null}
        </span>
        {preview || badges ? (
          <span className="ui-row-line">
            <span className="ui-row-preview" dir="auto" data-wraps={wraps || undefined}>
              {preview}
            </span>
            {badges ? <span className="ui-row-badges">{badges}</span> : null}
          </span>
        ) : null}
      </span>
      {trailing ? <span className="ui-row-end">{trailing}</span> : null}
    </>
  );
}
