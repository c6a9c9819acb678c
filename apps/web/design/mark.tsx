import './mark.css';

interface MarkProps {
  /** 32, 48 or 80 px. */
  readonly size?: 's' | 'm' | 'l' | undefined;
  /** Read aloud. Leave it out where the name stands beside it. */
  readonly label?: string | undefined;
}

/** The small mirror that catches light. Its file is written by `mark/draw-icons.ts`. */
export function Mark({ size = 'm', label = '' }: MarkProps) {
  return <img className="ui-mark" data-size={size} src="/mark.svg" alt={label} />;
}
