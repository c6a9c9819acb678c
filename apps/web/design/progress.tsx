import './progress.css';
import { type ReactNode, useId } from 'react';
import { IconButton } from './button.tsx';
import { CloseIcon } from './icons/navigation.tsx';

interface ProgressBarProps {
  readonly label: string;
  /** 0 to 1; left out where nobody knows. */
  readonly value?: number | undefined;
  /** How far, in words: "3.1 of 8 MB". */
  readonly text?: string | undefined;
  /** With it a button that stops it is drawn. */
  readonly onCancel?: (() => void) | undefined;
  readonly cancelLabel?: string | undefined;
}

export function ProgressBar({ label, value, text, onCancel, cancelLabel }: ProgressBarProps) {
  const id = useId();
  return (
    <div className="ui-progress">
      <span className="ui-progress-line">
        <progress
          className="ui-progress-bar"
          aria-label={label}
          aria-describedby={text ? id : undefined}
          max={1}
          value={value}
        />
        {onCancel ? (
          <IconButton label={cancelLabel ?? label} size="s" onClick={onCancel}>
            <CloseIcon size="s" />
          </IconButton>
        ) : null}
      </span>
      {text ? (
        <span id={id} className="ui-progress-text">
          {text}
        </span>
      ) : null}
    </div>
  );
}

interface ProgressRingProps {
  readonly label: string;
  readonly value?: number | undefined;
  /** The icon in the middle; with `onPress` it is what the press does: stop, retry, download. */
  readonly children?: ReactNode;
  readonly onPress?: (() => void) | undefined;
  /** What the press does, in words. */
  readonly pressLabel?: string | undefined;
  /** It lies over a picture. */
  readonly over?: boolean | undefined;
}

/** Progress around a button, as on a picture that is being sent. */
export function ProgressRing(props: ProgressRingProps) {
  const { label, value, children, onPress, pressLabel, over } = props;
  const look = {
    className: 'ui-ring',
    'data-over': over || undefined,
    'data-unknown': value === undefined || undefined,
  };
  const face = (
    <>
      <Arc label={label} value={value} />
      {children}
    </>
  );
  if (!onPress) return <span {...look}>{face}</span>;
  return (
    <button {...look} type="button" aria-label={pressLabel} data-tip={pressLabel} onClick={onPress}>
      {face}
    </button>
  );
}

function Arc({ label, value }: { readonly label: string; readonly value: number | undefined }) {
  const shown = Math.min(1, Math.max(0, value ?? 0.25));
  const percent = value === undefined ? undefined : Math.round(shown * 100);
  return (
    <svg
      className="ui-ring-arc"
      viewBox="0 0 42 42"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
    >
      <circle className="ui-ring-track" cx="21" cy="21" r="19" />
      <circle
        cx="21"
        cy="21"
        r="19"
        pathLength="1"
        strokeDasharray="1"
        strokeDashoffset={1 - shown}
      />
    </svg>
  );
}
