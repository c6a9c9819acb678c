// A server in a process of its own, for tests that kill it: loads everything, then waits for the word
// to take the data directory and listen, so that the next one is ready when this one dies.
import { createInterface } from 'node:readline';
import { type ServerConfig, startServer } from '../../main.ts';

export type ServeOrder = Pick<ServerConfig, 'dataDirectory' | 'port' | 'rates' | 'logLevel'>;

process.stdout.write('loaded\n');
for await (const line of createInterface({ input: process.stdin })) {
  const order: ServeOrder = JSON.parse(line);
  const { port } = await startServer({
    host: '127.0.0.1',
    origins: [],
    trustedProxies: [],
    name: 'test',
    registration: { policy: 'open', difficultyBits: 0, invitesPerAccount: 5 },
    maxUploadBytes: 10_485_760,
    subscriberCountIntervalMs: 60_000,
    metrics: 'local',
    ...order,
  });
  process.stdout.write(`listening ${port}\n`);
}
