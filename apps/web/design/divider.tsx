import './divider.css';
import type { ReactNode } from 'react';

interface DividerProps {
  /** A day, "Unread posts". */
  readonly children?: ReactNode;
  readonly tone?: 'quiet' | 'accent' | undefined;
}

export function Divider({ children, tone = 'quiet' }: DividerProps) {
  if (!children) return <hr className="ui-divider" />;
  return (
    <div className="ui-divider-label" data-tone={tone}>
      <span>{children}</span>
    </div>
  );
}
