import { lazy } from 'react';

const ChannelScreen = lazy(async () => ({
  default: (await import('../channel/channel-screen.tsx')).ChannelScreen,
}));

interface ChannelPlaceProps {
  readonly conversationId: string;
  readonly seq: number | undefined;
}

/** A conversation; another one is another screen, with nothing left of the one before. */
export function ChannelPlace({ conversationId, seq }: ChannelPlaceProps) {
  return <ChannelScreen key={conversationId} conversationId={conversationId} seq={seq} />;
}
