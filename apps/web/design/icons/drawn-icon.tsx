// Drawn on a 24 px grid with one stroke; round things are a little larger than square ones.
import './drawn-icon.css';

/** `s` 16 px, `m` 20 px, `l` 24 px, `xl` 40 px, growing with the text. */
export interface IconProps {
  readonly size?: 's' | 'm' | 'l' | 'xl' | undefined;
}

interface DrawnIconProps extends IconProps {
  /** Strokes on the 24 px grid. */
  readonly d?: string | undefined;
  /** Filled shapes on the same grid. */
  readonly solid?: string | undefined;
  /** It points along the line of reading, so it turns with it. */
  readonly mirrored?: boolean | undefined;
}

/** Decoration: what an icon means is said by the text or the label beside it. */
export function DrawnIcon({ size = 'm', d, solid, mirrored }: DrawnIconProps) {
  return (
    <svg
      className="ui-icon"
      viewBox="0 0 24 24"
      data-size={size}
      data-mirrored={mirrored || undefined}
      aria-hidden="true"
      focusable="false"
    >
      {d ? <path d={d} /> : null}
      {solid ? <path className="ui-icon-solid" d={solid} /> : null}
    </svg>
  );
}
