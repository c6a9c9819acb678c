import './toast.css';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { Button, IconButton } from './button.tsx';
import { CloseIcon } from './icons/navigation.tsx';
import type { Toast, ToastQueue } from './toast-queue.ts';

interface ToastsProps {
  readonly queue: ToastQueue;
  /** Names the region, "Notices". */
  readonly label: string;
  readonly closeLabel: string;
}

/** Mounted once, at the root: a region that appears with its text is not read aloud. */
export function Toasts({ queue, label, closeLabel }: ToastsProps) {
  const toasts = useSyncExternalStore(queue.subscribe, queue.toasts, queue.toasts);
  return (
    <section className="ui-toasts" aria-label={label} aria-live="polite" aria-relevant="additions">
      {toasts.map((toast) => (
        <ToastCard
          key={toast.id}
          toast={toast}
          closeLabel={closeLabel}
          onClose={() => queue.dismiss(toast.id)}
        />
      ))}
    </section>
  );
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
    // biome-ignore lint/a11y/noStaticElementInteractions: resting on it only holds it; nothing is pressed.
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
