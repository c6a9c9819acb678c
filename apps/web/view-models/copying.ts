import { toasts } from './toasts.ts';

/** Copies a text and says so; some browsers refuse. */
export async function copyText(
  text: string,
  said: { readonly done: string; readonly refused: string },
): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toasts.show({ text: said.done });
  } catch {
    toasts.show({ text: said.refused });
  }
}
