import { request } from 'node:http';
import { join } from 'node:path';
import { Child } from '../harness/child.ts';
import { newChannel, newPublisher, postText, temporaryDirectory } from '../harness/publisher.ts';
import { type BenchResult, median, type Row } from '../harness/report.ts';

const SERVER = new URL('../harness/server-process.ts', import.meta.url);
const POSTS = 2_000;
const BATCH = 50;
const ASKED = 400;
const WARM_UP = 50;

type Asked = { readonly path: string; readonly headers: Readonly<Record<string, string>> };
type Got = { readonly status: number; readonly bytes: number; readonly etag: string };

/** A channel's page of fifty posts and its feed, asked for one at a time, with and without a copy at hand. */
export async function benchPages(): Promise<BenchResult> {
  const directory = temporaryDirectory();
  const server = Child.start(SERVER);
  const { port = 0 } = await server.ask({
    ask: 'listen',
    dataDirectory: join(directory.path, 'data'),
  });
  await fill(port);
  const measure = async (path: string, headers: Readonly<Record<string, string>>) => {
    for (let count = 0; count < WARM_UP; count += 1) await get(port, { path, headers });
    const before = await server.ask({ ask: 'cpu' });
    const times: number[] = [];
    for (let count = 0; count < ASKED; count += 1) {
      const startedMs = performance.now();
      await get(port, { path, headers });
      times.push(performance.now() - startedMs);
    }
    const after = await server.ask({ ask: 'cpu' });
    const cpuMs = ((after['cpuUs'] ?? 0) - (before['cpuUs'] ?? 0)) / ASKED / 1_000;
    return { cpuMs, wallMs: median(times), got: await get(port, { path, headers }) };
  };
  const rows: Row[] = [];
  for (const [what, path] of [
    ['page of 50 posts', '/@bench_pages'],
    ['page of 50 posts, 1,000 back', '/@bench_pages?before=1000'],
    ['one post', '/@bench_pages/1000'],
    ['Atom feed of 50 posts', '/@bench_pages/atom.xml'],
  ] as const) {
    const packed = await measure(path, { 'accept-encoding': 'br' });
    const known = await measure(path, { 'if-none-match': packed.got.etag });
    if (packed.got.status !== 200 || known.got.status !== 304)
      throw new Error(`${path} is not as meant`);
    const target = path.endsWith('.xml') ? {} : { target: 3 };
    rows.push(
      { what: `${what}: server CPU`, value: packed.cpuMs, unit: 'ms', ...target },
      { what: `${what}: request to answer`, value: packed.wallMs, unit: 'ms' },
      { what: `${what}: bytes, brotli`, value: packed.got.bytes, unit: 'B' },
      { what: `${what}: server CPU, 304`, value: known.cpuMs, unit: 'ms' },
    );
  }
  await server.stop();
  directory.remove();
  return { bench: 'pages', rows };
}

async function fill(port: number): Promise<void> {
  const publisher = await newPublisher(port);
  const conversationId = await newChannel(publisher, 'bench_pages');
  for (let done = 0; done < POSTS; done += BATCH) {
    const drafts = Array.from({ length: BATCH }, (_, index) => ({
      text: `**Post ${done + index}.** ${postText} See https://example.org/${done + index} #bench`,
    }));
    const outgoing = await publisher.posts.send({ conversationId }, drafts);
    await Promise.all(outgoing.map(({ posted }) => posted));
  }
  await publisher.close();
}

function get(port: number, { headers, path }: Asked): Promise<Got> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, headers }, (response) => {
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.byteLength;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, bytes, etag: response.headers.etag ?? '' }),
      );
    });
    asked.on('error', reject);
    asked.end();
  });
}
