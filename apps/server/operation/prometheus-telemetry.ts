import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Telemetry } from '../telemetry.ts';
import type { ClockWatch } from './clock-watch.ts';
import type { LongestBlock } from './longest-block.ts';

const CALL_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

export type PrometheusTelemetry = {
  readonly telemetry: Telemetry;
  /** How many clients are connected, asked at each scrape. */
  countConnections(count: () => number): void;
  /** The page that Prometheus reads, and its media type. */
  page(): Promise<{ readonly text: string; readonly contentType: string }>;
};

/** Counts and durations under names that stay; documented in docs/operations/metrics.md. */
export function createPrometheusTelemetry(facts: {
  readonly version: string;
  readonly longestBlock: Pick<LongestBlock, 'seconds'>;
  readonly clock: Pick<ClockWatch, 'jumps'>;
}): PrometheusTelemetry {
  const registers = [new Registry()];
  const [registry] = registers;
  if (!registry) throw new TypeError('there is one registry');
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'heliogram_build_info',
    help: 'Always 1; the label is the running version.',
    labelNames: ['version'],
    registers,
  }).set({ version: facts.version }, 1);
  let connections = () => 0;
  new Gauge({
    name: 'heliogram_connections',
    help: 'Live WebSocket connections.',
    registers,
    collect() {
      this.set(connections());
    },
  });
  new Gauge({
    name: 'heliogram_longest_block_seconds',
    help: 'Longest time in the last minute in which one task blocked the event loop.',
    registers,
    collect() {
      this.set(facts.longestBlock.seconds());
    },
  });
  new Counter({
    name: 'heliogram_clock_jumps_total',
    help: 'Times the system clock jumped by a minute or more, in either direction.',
    registers,
    collect() {
      this.reset();
      this.inc(facts.clock.jumps);
    },
  });
  return {
    telemetry: createTelemetry(registers),
    countConnections: (count) => {
      connections = count;
    },
    page: async () => ({ text: await registry.metrics(), contentType: registry.contentType }),
  };
}

function createTelemetry(registers: Registry[]): Telemetry {
  const calls = new Counter({
    name: 'heliogram_calls_total',
    help: 'Calls by method and by "ok" or error code.',
    labelNames: ['method', 'outcome'],
    registers,
  });
  const durations = new Histogram({
    name: 'heliogram_call_duration_seconds',
    help: 'Time from the decoded call to its answer.',
    labelNames: ['method'],
    buckets: CALL_SECONDS,
    registers,
  });
  const delivered = counter('heliogram_deliveries_total', 'Frames handed to sockets.');
  const lagged = counter(
    'heliogram_lagging_readers_total',
    'Times a slow reader’s pushes were dropped until it caught up.',
  );
  const appended = counter('heliogram_entries_appended_total', 'Entries made durable.');
  const pushed = new Counter({
    name: 'heliogram_pushes_total',
    help: 'Push notifications to devices that were not connected, by outcome.',
    labelNames: ['outcome'],
    registers,
  });
  function counter(name: string, help: string) {
    return new Counter({ name, help, registers });
  }
  return {
    called: (method, outcome, durationMs) => {
      calls.inc({ method, outcome });
      durations.observe({ method }, durationMs / 1_000);
    },
    delivered: (count) => delivered.inc(count),
    lagged: () => lagged.inc(),
    appended: (entries) => appended.inc(entries),
    pushed: (outcome) => pushed.inc({ outcome }),
  };
}
