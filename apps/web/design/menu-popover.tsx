import './menu-popover.css';
import type { ReactNode, RefObject } from 'react';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { Menu, MenuItem, MenuSection } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { Separator } from 'react-aria-components/Separator';
import { CheckIcon } from './icons/navigation.tsx';
import type { MenuAction, MenuEntry } from './menu-entry.ts';

interface MenuPopoverProps {
  readonly label: string;
  readonly entries: readonly MenuEntry[];
  /** It opens beside this; closed, the focus goes back to where it was. */
  readonly anchor: RefObject<HTMLElement | null>;
  /** A place in the window in pixels, in place of the anchor's box. */
  readonly at?: { readonly x: number; readonly y: number } | undefined;
  /** Opened by a key: the first entry is ready. By a pointer none is marked. */
  readonly byKey: boolean;
  readonly onClose: () => void;
}

/** Brings React Aria along: loaded through `MenuButton` and `ContextMenu`, when one is about to open. */
export function MenuPopover(props: MenuPopoverProps) {
  const { label, entries, anchor, at, byKey, onClose } = props;
  const around = anchor.current;
  const place = at ? { getTargetRect: () => new DOMRect(at.x, at.y, 0, 0), offset: 2 } : {};
  return (
    <I18nProvider locale={document.documentElement.lang || 'en'}>
      <Popover
        isOpen
        onOpenChange={(open) => {
          if (!open) onClose();
        }}
        triggerRef={anchor}
        placement="bottom start"
        className="ui-menu"
        aria-label={label}
        data-mood={around?.closest<HTMLElement>('[data-mood]')?.dataset['mood']}
        UNSTABLE_portalContainer={around?.closest('dialog') ?? document.body}
        {...place}
      >
        <Menu
          className="ui-menu-list"
          aria-label={label}
          autoFocus={byKey ? 'first' : true}
          onClose={onClose}
        >
          {entries.map(entryElement)}
        </Menu>
      </Popover>
    </I18nProvider>
  );
}

function entryElement(entry: MenuEntry): ReactNode {
  if ('separator' in entry) return <Separator key={entry.id} className="ui-menu-separator" />;
  if (entry.checked === undefined) return <Item key={entry.id} entry={entry} />;
  // A section of its own, so that it is read as "checked" or "not checked".
  return (
    <MenuSection
      key={entry.id}
      aria-label={entry.label}
      selectionMode="multiple"
      selectedKeys={entry.checked ? [entry.id] : []}
    >
      <Item entry={entry} />
    </MenuSection>
  );
}

function Item({ entry }: { readonly entry: MenuAction }) {
  const look = entry.danger ? { 'data-danger': '' } : {};
  return (
    <MenuItem
      {...look}
      id={entry.id}
      textValue={entry.label}
      isDisabled={entry.disabled ?? false}
      className="ui-menu-item"
      onAction={entry.onAction}
      shouldCloseOnSelect
    >
      {entry.icon}
      <span className="ui-menu-label">{entry.label}</span>
      {entry.shortcut ? <span className="ui-menu-shortcut">{entry.shortcut}</span> : null}
      {entry.checked === undefined ? null : (
        <span className="ui-menu-tick">{entry.checked ? <CheckIcon size="s" /> : null}</span>
      )}
    </MenuItem>
  );
}
