import { Child } from '../harness/child.ts';
import { newChannel, newPublisher, postText, temporaryDirectory } from '../harness/publisher.ts';
import type { BenchResult } from '../harness/report.ts';

const SUBSCRIBERS = new URL('../harness/subscribers-process.ts', import.meta.url);
const SERVER = new URL('../harness/server-process.ts', import.meta.url);
const COUNT = 10_000;
const WARM_UP = 2_000;

/** What a live connection costs, how fast they are taken, and how long all take to come back. */
export async function benchConnections(): Promise<BenchResult> {
  const directory = temporaryDirectory();
  const first = await startServer(directory.path, 0);
  const subscribers = Child.start(SUBSCRIBERS);
  const publisher = await newPublisher(first.port);
  const conversationId = await newChannel(publisher, 'resume');
  const open = { ask: 'open', count: COUNT, port: first.port, conversationId };
  // The first ones also pay for compiled code, caches and buffers that are there once.
  await subscribers.ask({ ...open, count: WARM_UP });
  const before = await first.server.ask({ ask: 'usage' });
  const opened = await subscribers.ask(open);
  const after = await first.server.ask({ ask: 'usage' });
  const sent = await publisher.posts.send({ conversationId }, [{ text: postText }]);
  await Promise.all(sent.map((post) => post.posted));
  await publisher.close();
  await first.server.stop('SIGKILL');
  await subscribers.ask({ ask: 'close' });

  const second = await startServer(directory.path, first.port);
  const resumed = await subscribers.ask({ ...open, wave: 2_000 });
  await subscribers.stop();
  await second.server.stop();
  directory.remove();
  const perConnection = (name: 'rssBytes' | 'heapBytes') =>
    ((after[name] ?? 0) - (before[name] ?? 0)) / COUNT / 1_024;
  return {
    bench: 'connections',
    rows: [
      {
        what: 'resident memory per idle connection',
        value: perConnection('rssBytes'),
        unit: 'KB',
        target: 10,
      },
      { what: 'of it JavaScript heap', value: perConnection('heapBytes'), unit: 'KB' },
      {
        what: 'accepted, greeted and subscribed',
        value: COUNT / ((opened['tookMs'] ?? 0) / 1_000),
        unit: '/s',
      },
      {
        what: '10,000 clients resume after a kill',
        value: (resumed['tookMs'] ?? 0) / 1_000,
        unit: 's',
      },
    ],
  };
}

async function startServer(dataDirectory: string, port: number) {
  const server = Child.start(SERVER);
  const answer = await server.ask({ ask: 'listen', dataDirectory, port });
  return { server, port: answer['port'] ?? 0 };
}
