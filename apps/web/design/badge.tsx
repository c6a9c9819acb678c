import './badge.css';
import type { ReactNode } from 'react';
import { VisuallyHidden } from './visually-hidden.tsx';

interface BadgeProps {
  readonly children: ReactNode;
  readonly tone?: 'quiet' | 'accent' | 'good' | 'warning' | 'danger' | undefined;
  readonly icon?: ReactNode;
}

/** A word about the state of the thing beside it. */
export function Badge({ children, tone = 'quiet', icon }: BadgeProps) {
  return (
    <span className="ui-badge" data-tone={tone}>
      {icon}
      {children}
    </span>
  );
}

interface UnreadCountProps {
  /** As shown: formatted for the language, shortened if large. */
  readonly children: string;
  /** As read aloud, with its noun: "12 unread posts". */
  readonly label: string;
  readonly muted?: boolean | undefined;
}

/** How many are waiting. */
export function UnreadCount({ children, label, muted }: UnreadCountProps) {
  return (
    <span className="ui-unread" data-muted={muted || undefined}>
      <span aria-hidden="true">{children}</span>
      <VisuallyHidden>{label}</VisuallyHidden>
    </span>
  );
}
