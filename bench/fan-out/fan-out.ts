import { Child } from '../harness/child.ts';
import { newChannel, newPublisher, postText, temporaryDirectory } from '../harness/publisher.ts';
import { type BenchResult, median, type Row } from '../harness/report.ts';
import { startFloor } from './floor.ts';

const SUBSCRIBERS = new URL('../harness/subscribers-process.ts', import.meta.url);
const SERVER = new URL('../harness/server-process.ts', import.meta.url);
const NAIVE = new URL('./naive-ws-process.ts', import.meta.url);

/**
 * Each size delivers as often, so that compilers have seen as much of it. Lean subscribers say nothing:
 * all rounds of a size end before the server takes them for dead.
 */
const DELIVERIES = 150_000;
const roundsFor = (count: number): number => Math.round(DELIVERIES / count);
const BURST = 8;
/** The budget is for as many; fewer sockets stay in the caches of a processor, which helps the floor most. */
const BUDGET_FROM = 10_000;
/** Of the frame that carries a 300-byte post, so that floor and peer send the same. */
const FRAME_BYTES = 520;

/** Processor time of the server per delivered post, against one write(2) per socket and a naive peer. */
export async function benchFanOut(sizes: readonly number[]): Promise<BenchResult> {
  const rows: Row[] = [];
  for (const count of sizes) rows.push(...(await atSize(count)));
  return { bench: 'fan-out', rows };
}

async function atSize(count: number): Promise<Row[]> {
  const floor = await measureFloor(count);
  const naive = await measureNaive(count);
  const ours = await measureOurs(count);
  const name = count.toLocaleString('en-US');
  const against = floor === undefined ? {} : { against: 'floor' };
  const ratio = (value: number) => (floor === undefined ? {} : { ratio: value / floor });
  return [
    ...(floor === undefined ? [] : [{ what: `floor, ${name} sockets`, value: floor, unit: 'µs' }]),
    { what: `naive ws, ${name}`, value: naive, unit: 'µs', ...against, ...ratio(naive) },
    {
      what: `heliogram, ${name}, single posts`,
      value: ours.single,
      unit: 'µs',
      ...against,
      ...ratio(ours.single),
      ...(count < BUDGET_FROM ? {} : { target: 1.3 }),
    },
    {
      what: `heliogram, ${name}, bursts of ${BURST}`,
      value: ours.burst,
      unit: 'µs',
      ...against,
      ...ratio(ours.burst),
      ...(count < BUDGET_FROM ? {} : { target: 0.25 }),
    },
  ];
}

async function measureFloor(count: number): Promise<number | undefined> {
  const floor = await startFloor(count);
  if (!floor) return undefined;
  const subscribers = Child.start(SUBSCRIBERS);
  await subscribers.ask({ ask: 'open', kind: 'plain', count, port: floor.port });
  const rounds: number[] = [];
  for (let round = 1; round <= roundsFor(count); round += 1) {
    const cpuUs = await floor.post(1, FRAME_BYTES);
    rounds.push(cpuUs / count);
    await subscribers.ask({ ask: 'reach', frames: round * count });
  }
  await subscribers.stop();
  floor.stop();
  return median(rounds);
}

async function measureNaive(count: number): Promise<number> {
  const server = Child.start(NAIVE);
  const subscribers = Child.start(SUBSCRIBERS);
  const { port } = await server.ask({ ask: 'listen' });
  const opened = await subscribers.ask({
    ask: 'open',
    count,
    port,
    conversationId: '0'.repeat(32),
  });
  let frames = opened['frames'] ?? 0;
  const rounds: number[] = [];
  for (let round = 0; round < roundsFor(count); round += 1) {
    const before = await server.ask({ ask: 'cpu' });
    await server.ask({ ask: 'post', posts: 1, size: FRAME_BYTES });
    frames += count;
    await subscribers.ask({ ask: 'reach', frames });
    const after = await server.ask({ ask: 'cpu' });
    rounds.push(((after['cpuUs'] ?? 0) - (before['cpuUs'] ?? 0)) / count);
  }
  await subscribers.stop();
  await server.stop();
  return median(rounds);
}

/** The whole server: durable append, encoding, fan-out; the processor time of all of it. */
async function measureOurs(count: number): Promise<{ single: number; burst: number }> {
  const directory = temporaryDirectory();
  const server = Child.start(SERVER);
  const subscribers = Child.start(SUBSCRIBERS);
  const { port = 0 } = await server.ask({ ask: 'listen', dataDirectory: directory.path });
  const publisher = await newPublisher(port);
  const conversationId = await newChannel(publisher, 'fanout');
  const opened = await subscribers.ask({ ask: 'open', count, port, conversationId });
  let frames = opened['frames'] ?? 0;
  const measure = async (posts: number): Promise<number> => {
    const rounds: number[] = [];
    for (let round = 0; round < roundsFor(count); round += 1) {
      const before = await server.ask({ ask: 'cpu' });
      const drafts = Array.from({ length: posts }, () => ({ text: postText }));
      const sent = await publisher.posts.send({ conversationId }, drafts);
      await Promise.all(sent.map((post) => post.posted));
      frames += posts * count;
      await subscribers.ask({ ask: 'reach', frames });
      const after = await server.ask({ ask: 'cpu' });
      rounds.push(((after['cpuUs'] ?? 0) - (before['cpuUs'] ?? 0)) / (posts * count));
    }
    return median(rounds);
  };
  const single = await measure(1);
  const burst = await measure(BURST);
  await publisher.close();
  await subscribers.stop();
  await server.stop();
  directory.remove();
  return { single, burst };
}
