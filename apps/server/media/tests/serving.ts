import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { nodeRuntime } from '../../node-runtime.ts';
import { openSqliteStorage } from '../../storage/sqlite/index.ts';
import { silentLog } from '../../telemetry.ts';
import { createMedia } from '../index.ts';

/** A process of its own that serves the media of a directory until it is killed. */
const directory = process.argv[2] ?? '';
const media = createMedia({
  storage: openSqliteStorage({ path: join(directory, 'heliogram.db') }),
  directory: join(directory, 'media'),
  runtime: nodeRuntime,
  log: silentLog,
  maxUploadBytes: 2_147_483_648,
});
await media.start();
const server = createServer((request, response) => {
  const route = media.routes.find(({ prefix }) => request.url?.startsWith(prefix));
  const callerOf = () => ({ kind: 'anonymous', address: '' }) as const;
  void route?.handle(request, response, { address: '', callerOf });
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});
