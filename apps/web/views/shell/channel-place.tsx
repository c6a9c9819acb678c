import type { ReactNode } from 'react';
import { loadedLater, useLoaded } from './loaded-later.ts';

const screen = loadedLater(
  async () => (await import('../channel/channel-screen.tsx')).ChannelScreen,
);

/** Begins to load the screen: as soon as one will be shown, while it is asked which. */
export function preloadChannelScreen(): void {
  screen.load().catch(() => undefined);
}

interface ChannelPlaceProps {
  readonly conversationId: string;
  readonly seq: number | undefined;
  /** Shown until the channel is known. */
  readonly coming?: ReactNode;
}

/** A conversation; another one is another screen, with nothing left of the one before. */
export function ChannelPlace({ conversationId, seq, coming }: ChannelPlaceProps) {
  const ChannelScreen = useLoaded(screen);
  if (!ChannelScreen) return coming ?? <div className="pane-fill" aria-busy="true" />;
  return (
    <ChannelScreen key={conversationId} conversationId={conversationId} seq={seq} coming={coming} />
  );
}
