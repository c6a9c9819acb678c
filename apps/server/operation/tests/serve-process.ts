// A server in a process of its own, with a configuration given as JSON: prints its URL, ends with stdin.
import { loadConfig, startServer } from '../../main.ts';

const [flags = '{}'] = process.argv.slice(2);
const loaded = loadConfig({ flags: JSON.parse(flags), env: {} });
if (loaded.kind === 'invalid') throw new Error(loaded.problems.join(' '));
const server = await startServer(loaded.config).catch((error: unknown) => {
  process.stdout.write(`${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
});
process.stdout.write(`${server.url}\n`);
process.stdin.once('end', () => void server.close().then(() => process.exit(0)));
process.stdin.resume();
