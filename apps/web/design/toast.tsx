import './toast.css';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { createPortal } from 'react-dom';
import { Button, IconButton } from './button.tsx';
import { CloseIcon } from './icons/navigation.tsx';
import type { Toast, ToastQueue } from './toast-queue.ts';

const announceAfterMs = 50;

interface ToastsProps {
  readonly queue: ToastQueue;
  /** Names the region, "Notices". */
  readonly label: string;
  readonly closeLabel: string;
}

/**
 * Mounted once, at the root. All outside of an open modal dialog is dead to presses and to ears, so
 * the region goes into the dialog, and out again when it closes.
 */
export function Toasts({ queue, label, closeLabel }: ToastsProps) {
  const toasts = useSyncExternalStore(queue.subscribe, queue.toasts, queue.toasts);
  const { host, ready } = useToastHost(toasts.length);
  return createPortal(
    <section className="ui-toasts" aria-label={label} aria-live="polite" aria-relevant="additions">
      {(ready ? toasts : []).map((toast) => (
        <ToastCard
          key={toast.id}
          toast={toast}
          closeLabel={closeLabel}
          onClose={() => queue.dismiss(toast.id)}
        />
      ))}
    </section>,
    host,
  );
}

function useToastHost(count: number) {
  const [host, setHost] = useState<Element>(document.body);
  const [readyHost, setReadyHost] = useState<Element>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: look for the topmost dialog again when a toast is added.
  useEffect(() => {
    const settle = () => setHost(topmostDialog() ?? document.body);
    settle();
    document.addEventListener('close', settle, { capture: true });
    return () => document.removeEventListener('close', settle, { capture: true });
  }, [count]);
  // A dialog that goes away with its screen says nothing of it.
  useEffect(() => {
    if (host === document.body) return;
    const watcher = new MutationObserver(() => {
      if (!host.isConnected) setHost(topmostDialog() ?? document.body);
    });
    watcher.observe(document.body, { childList: true, subtree: true });
    return () => watcher.disconnect();
  }, [host]);
  // A region that appears together with its text is not read aloud: first the one, then the other.
  useEffect(() => {
    const timer = setTimeout(() => setReadyHost(host), announceAfterMs);
    return () => clearTimeout(timer);
  }, [host]);
  return { host, ready: readyHost === host };
}

function topmostDialog(): Element | undefined {
  return [...document.querySelectorAll('dialog:modal')].at(-1);
}

interface ToastCardProps {
  readonly toast: Toast;
  readonly closeLabel: string;
  readonly onClose: () => void;
}

function ToastCard({ toast, closeLabel, onClose }: ToastCardProps) {
  const [held, setHeld] = useState(false);
  useTimeout(held ? 0 : toast.timeoutMs, onClose);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hovering only stops the timer; there is nothing to press.
    <div
      className="ui-toast"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <p className="ui-toast-text">{toast.text}</p>
      {toast.action ? (
        <Button
          kind="plain"
          onClick={() => {
            toast.action?.run();
            onClose();
          }}
        >
          {toast.action.label}
        </Button>
      ) : null}
      <IconButton label={closeLabel} onClick={onClose}>
        <CloseIcon />
      </IconButton>
    </div>
  );
}

function useTimeout(afterMs: number, run: () => void): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new callback does not restart it.
  useEffect(() => {
    if (afterMs === 0) return;
    const timer = setTimeout(run, afterMs);
    return () => clearTimeout(timer);
  }, [afterMs]);
}
