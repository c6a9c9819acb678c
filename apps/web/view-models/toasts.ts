import { ToastQueue } from '../design/toast-queue.ts';

/** The toasts of this window; the shell draws them. */
export const toasts = new ToastQueue();
