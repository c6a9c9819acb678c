import './visually-hidden.css';
import type { ReactNode } from 'react';

/** Text for ears only. */
export function VisuallyHidden({ children }: { readonly children: ReactNode }) {
  return <span className="ui-visually-hidden">{children}</span>;
}
