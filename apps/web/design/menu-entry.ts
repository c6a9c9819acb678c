import type { ReactNode } from 'react';

/** What a menu can hold. A separator has nothing but its id. */
export type MenuEntry = MenuAction | MenuSeparator;

export interface MenuAction {
  readonly id: string;
  readonly label: string;
  readonly onAction: () => void;
  readonly icon?: ReactNode;
  /** The keys that do the same, as they are printed: "Ctrl+E". */
  readonly shortcut?: string | undefined;
  readonly danger?: boolean | undefined;
  readonly disabled?: boolean | undefined;
  /** For what is on or off. */
  readonly checked?: boolean | undefined;
}

interface MenuSeparator {
  readonly id: string;
  readonly separator: true;
}
