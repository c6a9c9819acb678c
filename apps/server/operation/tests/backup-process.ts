// A backup by another process than the one that serves.
import { backup } from '../../main.ts';

const [dataDirectory = '', destination = ''] = process.argv.slice(2);
await backup(dataDirectory, destination);
