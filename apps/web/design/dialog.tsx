import './dialog.css';
import {
  type MouseEvent,
  type ReactNode,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { IconButton } from './button.tsx';
import { CloseIcon } from './icons/navigation.tsx';

/** How long a closed dialog keeps its content, so that it can be seen leaving. */
const leavingMs = 200;

interface DialogProps {
  readonly open: boolean;
  /** Escape, the close button, a press beside it. The owner answers by `open={false}`. */
  readonly onClose: () => void;
  readonly title: string;
  readonly closeLabel: string;
  readonly children: ReactNode;
  /** Buttons, the one that goes on last. */
  readonly footer?: ReactNode;
  readonly size?: 's' | 'm' | 'l' | undefined;
  readonly mood?: 'sun' | 'shade' | 'night' | undefined;
  /** A press beside it does not close it: for what would be lost. */
  readonly sticky?: boolean | undefined;
}

/**
 * A modal dialog, a sheet on phones. The platform keeps the focus inside and gives it back; it goes
 * to the element with `data-autofocus`, else to the title.
 */
export function Dialog(props: DialogProps) {
  const { open, onClose, title, closeLabel, children, footer, size = 'm', mood, sticky } = props;
  const titleId = useId();
  const dialog = useModal(open);
  const shown = useLinger(open);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does the same as a click outside.
    <dialog
      ref={dialog}
      className="ui-dialog"
      data-size={size}
      data-mood={mood}
      aria-labelledby={titleId}
      onCancel={(event) => {
        if (event.target !== event.currentTarget) return;
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (!sticky && isBeside(event)) onClose();
      }}
    >
      {shown ? (
        <>
          <header className="ui-dialog-head">
            <h2 id={titleId} className="ui-dialog-title" tabIndex={-1}>
              {title}
            </h2>
            <IconButton label={closeLabel} onClick={onClose}>
              <CloseIcon />
            </IconButton>
          </header>
          <div className="ui-dialog-body">{children}</div>
          {footer ? <footer className="ui-dialog-foot">{footer}</footer> : null}
        </>
      ) : null}
    </dialog>
  );
}

function useModal(open: boolean) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    if (!element || element.open === open) return;
    if (open) {
      const asked = element.querySelector<HTMLElement>('[data-autofocus]');
      element.showModal();
      (asked ?? element.querySelector<HTMLElement>('.ui-dialog-title'))?.focus();
    } else element.close();
  }, [open]);
  // One that goes away while it is open gives the focus back too, as long as it is in the page.
  useLayoutEffect(() => {
    const element = dialog.current;
    return () => element?.close();
  }, []);
  return dialog;
}

function useLinger(open: boolean): boolean {
  const [lingering, setLingering] = useState(open);
  useEffect(() => {
    if (open) {
      setLingering(true);
      return;
    }
    const timer = setTimeout(() => setLingering(false), leavingMs);
    return () => clearTimeout(timer);
  }, [open]);
  return open || lingering;
}

// The backdrop belongs to the dialog element, so a press on it has the dialog as its target.
function isBeside(event: MouseEvent<HTMLDialogElement>): boolean {
  if (event.target !== event.currentTarget || event.detail === 0) return false;
  const box = event.currentTarget.getBoundingClientRect();
  const { clientX: x, clientY: y } = event;
  return x < box.left || x > box.right || y < box.top || y > box.bottom;
}
