let playing: HTMLMediaElement | undefined;

/** Only one sound at a time: whatever played before is paused. */
export function playAlone(element: HTMLMediaElement): void {
  if (playing !== element) playing?.pause();
  playing = element;
}
