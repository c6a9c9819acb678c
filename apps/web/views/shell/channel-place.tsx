import { lazy, type ReactNode } from 'react';

const load = () => import('../channel/channel-screen.tsx');
const ChannelScreen = lazy(async () => ({ default: (await load()).ChannelScreen }));

/** Begins to load the screen: as soon as one will be shown, while it is asked which. */
export function preloadChannelScreen(): void {
  load().catch(() => undefined);
}

interface ChannelPlaceProps {
  readonly conversationId: string;
  readonly seq: number | undefined;
  /** Shown until the channel is known. */
  readonly coming?: ReactNode;
}

/** A conversation; another one is another screen, with nothing left of the one before. */
export function ChannelPlace({ conversationId, seq, coming }: ChannelPlaceProps) {
  return (
    <ChannelScreen key={conversationId} conversationId={conversationId} seq={seq} coming={coming} />
  );
}
