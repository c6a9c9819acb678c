import './spinner.css';

interface SpinnerProps {
  /** Read aloud. Leave it out where a text beside it says the same. */
  readonly label?: string | undefined;
  readonly size?: 's' | 'm' | 'l' | undefined;
}

/** Something is under way and nobody knows for how long; else use a progress bar. */
export function Spinner({ label, size = 'm' }: SpinnerProps) {
  return label ? (
    <span className="ui-spinner" data-size={size} role="img" aria-label={label} />
  ) : (
    <span className="ui-spinner" data-size={size} aria-hidden="true" />
  );
}
