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
  const [openedBy, setOpenedBy] = useState<'key' | 'pointer'>();
  const open = openedBy !== undefined;
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
        onClick={(event) => {
          if (open) setOpenedBy(undefined);
          else setOpenedBy(event.detail === 0 ? 'key' : 'pointer');
        }}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          setOpenedBy('key');
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
            byKey={openedBy === 'key'}
            onClose={() => setOpenedBy(undefined)}
          />
        </Suspense>
      ) : null}
    </>
  );
}
