import { type ReactNode, Suspense, useRef, useState } from 'react';
import { IconButton } from './button.tsx';
import { MoreIcon } from './icons/navigation.tsx';
import { LazyMenu, loadMenu } from './lazy-menu.tsx';
import type { MenuEntry } from './menu-entry.ts';

interface MenuButtonProps {
  readonly label: string;
  readonly entries: readonly MenuEntry[];
  /** Three dots unless told otherwise. */
  readonly icon?: ReactNode;
  readonly size?: 's' | 'm' | 'l' | undefined;
  readonly className?: string | undefined;
}

/** A round button that opens a menu. */
export function MenuButton({ label, entries, icon, size, className }: MenuButtonProps) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const preload = () => {
    loadMenu().catch(() => undefined);
  };
  return (
    <>
      <IconButton
        ref={button}
        label={label}
        size={size}
        className={className}
        aria-haspopup="menu"
        aria-expanded={open}
        onPointerEnter={preload}
        onFocus={preload}
        onClick={() => setOpen(!open)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        {icon ?? <MoreIcon />}
      </IconButton>
      {open ? (
        <Suspense>
          <LazyMenu
            label={label}
            entries={entries}
            anchor={button}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      ) : null}
    </>
  );
}
