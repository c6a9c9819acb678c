import type { Connection } from '@heliogram/client';
import type { Reach } from '../../bridge/contract/session.ts';

/** Follows how a connection fares: one lost link is on its way back, two in a row are no network. */
export function watchReach(connection: Connection, changed: (reach: Reach) => void): () => void {
  let losses = 0;
  const ends = [
    connection.events.on('ready', () => {
      losses = 0;
      changed('online');
    }),
    connection.events.on('lost', () => {
      losses++;
      changed(losses > 1 ? 'offline' : 'connecting');
    }),
  ];
  return () => {
    for (const end of ends) end();
  };
}
