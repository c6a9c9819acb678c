import type { CommandContext } from '../arguments/command.ts';
import { printable } from '../output/terminal-text.ts';
import type { Session } from './session.ts';

/** Tells people on stderr, once an outage, that a command which keeps trying waits for the server. */
export function tellOutages({ client }: Session, { out }: Pick<CommandContext, 'out'>): void {
  if (out.json) return;
  const { connection } = client;
  let apart = false;
  connection.events.on('lost', ({ message }) => {
    if (apart || connection.closed) return;
    apart = true;
    process.stderr.write(`heliogram: ${printable(message)}. Trying again…\n`);
  });
  connection.events.on('ready', () => {
    if (apart) process.stderr.write('Connected again.\n');
    apart = false;
  });
}
