import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection, Follower, textOfPayload } from '@heliogram/client';
import { nodePlatform } from '@heliogram/client/node';
import { ChannelsService } from '@heliogram/protocol';
import { fixedNumber } from './environment.ts';
import { RunningCommand, run } from './processes/command-line.ts';
import { ServerProcesses } from './processes/server-process.ts';

const irc = resolve(import.meta.dirname, '../../../../shared/data/irc');
const subscribers = fixedNumber('SUBSCRIBERS') ?? 1_000;
/** Of each file; `LINES=1000000` takes them whole. */
const linesPerFile = fixedNumber('LINES') ?? 250;
const patienceMs = fixedNumber('PATIENCE_MS') ?? 240_000;

test(`SIM-12: real conversations reach ${subscribers} live subscribers across deaths`, async (t) => {
  if (!existsSync(irc)) return t.skip('the conversations of ../shared/data/irc are not here');
  const directory = mkdtempSync(join(tmpdir(), 'heliogram-real-'));
  const server = new ServerProcesses(join(directory, 'data'));
  const profile = join(directory, 'profile');
  t.after(async () => {
    await server.close();
    rmSync(directory, { recursive: true, force: true });
  });
  await server.start();
  await run(profile, 'sign-up', '--server', server.origin, '--name', 'Scribe');
  const channels = await makeChannels(profile);
  const crowd = new Crowd(server.origin, channels);
  t.after(() => crowd.leave());
  await crowd.settled();

  server.prepareNext();
  const publishers = channels.map(({ username, lines }) => publish(profile, username, lines));
  await until('the middle', () => toldBy(publishers) > crowd.lines / 3);
  await server.kill();
  await server.start();
  await resumeFirst({ publishers, channels, profile });
  for (const [i, publisher] of publishers.entries()) {
    const told = [...(resumed.get(i) ?? []), ...(await publisher.done())];
    assert.equal(told.length, channels[i]?.lines.length, 'a line of output for each of input');
    const seqs = told.map(({ seq }) => seq);
    assert.deepEqual(
      seqs,
      seqs.map((_, at) => at + 1),
      'told in the order of the input',
    );
  }
  await until(
    'everybody to have everything',
    () => crowd.missing() === 0,
    () => crowd.describe(),
  );
  await findPhrases(profile, channels);
  const found = await everyPhraseIsFound(server.origin, channels);
  t.diagnostic(`${found} phrases found`);
  t.diagnostic(`${crowd.lines} lines, ${crowd.deliveries} deliveries`);
});

type Channel = {
  readonly conversationId: string;
  readonly username: string;
  readonly lines: readonly string[];
};

async function makeChannels(profile: string): Promise<readonly Channel[]> {
  const files = readdirSync(irc)
    .filter((name) => name.endsWith('.txt'))
    .sort();
  assert.equal(files.length, 6);
  return Promise.all(
    files.map(async (file, i) => {
      const username = `irc_${i}_log`;
      const [made] = await run(
        profile,
        'channel',
        'create',
        '--title',
        file,
        '--username',
        username,
      );
      const lines = readFileSync(join(irc, file), 'utf8')
        .split('\n')
        .filter((line) => line !== '');
      return {
        conversationId: String(made?.['conversationId']),
        username,
        lines: lines.slice(0, linesPerFile),
      };
    }),
  );
}

function publish(profile: string, username: string, lines: readonly string[]): RunningCommand {
  const command = new RunningCommand(profile, ['post', `@${username}`, '--stdin']);
  command.child.stdin.end(lines.map((line) => `${line}\n`).join(''));
  return command;
}

const toldBy = (publishers: readonly RunningCommand[]): number =>
  publishers.reduce((sum, { results }) => sum + results.length, 0);

/** What a publisher told before it was killed, by its place. */
const resumed = new Map<number, readonly Record<string, unknown>[]>();

/** The first publisher dies too, and another goes on behind the last line that it told. */
async function resumeFirst(parts: {
  readonly publishers: RunningCommand[];
  readonly channels: readonly Channel[];
  readonly profile: string;
}): Promise<void> {
  const [first] = parts.publishers;
  const [channel] = parts.channels;
  if (!first || !channel) return;
  await first.kill();
  const told = [...first.results];
  resumed.set(0, told);
  parts.publishers[0] = publish(parts.profile, channel.username, channel.lines.slice(told.length));
}

type Member = {
  readonly connection: Connection;
  readonly channel: Channel;
  seq: number;
  live: boolean;
};

/** Everybody follows one of the channels, live, without an account. */
class Crowd {
  readonly lines: number;
  deliveries = 0;
  readonly #members: readonly Member[];
  readonly #faults: string[] = [];
  #left = false;

  constructor(origin: string, channels: readonly Channel[]) {
    this.#members = Array.from({ length: subscribers }, (_, i) => {
      const channel = channels[i % channels.length];
      if (!channel) throw new RangeError('there is no channel to follow');
      const connection = new Connection({ origin, platform: nodePlatform, clientName: 'crowd' });
      return { connection, channel, seq: 0, live: false };
    });
    for (const member of this.#members) void this.#follow(member);
    this.lines = channels.reduce((sum, { lines }) => sum + lines.length, 0);
  }

  async #follow(member: Member): Promise<void> {
    const { connection, channel } = member;
    const follower = new Follower(connection, nodePlatform);
    try {
      for await (const event of follower.follow(channel.conversationId, { afterSeq: 0 })) {
        if (event.type === 'live') member.live = true;
        if (event.type !== 'entry') continue;
        const { seq, payload } = event.entry;
        this.deliveries += 1;
        const line = channel.lines[seq - 1];
        if (seq !== member.seq + 1) this.#faults.push(`${seq} came after ${member.seq}`);
        if (textOfPayload(payload) !== line)
          this.#faults.push(`${seq} is not line ${seq}: ${line}`);
        member.seq = seq;
      }
    } catch (error) {
      if (!this.#left) this.#faults.push(String(error));
    }
  }

  settled(): Promise<void> {
    return until('the crowd to be live', () => this.#members.every(({ live }) => live));
  }

  /** Entries that somebody has not got. Throws when somebody got what he should not. */
  missing(): number {
    assert.deepEqual(this.#faults.slice(0, 5), []);
    return this.#members.reduce((sum, { channel, seq }) => sum + channel.lines.length - seq, 0);
  }

  describe(): string {
    return `${this.missing()} entries are missing`;
  }

  leave(): void {
    this.#left = true;
    for (const { connection } of this.#members) connection.close();
  }
}

/** Two words that stand beside each other in one line of the channel only. */
async function findPhrases(profile: string, channels: readonly Channel[]): Promise<void> {
  for (const { username, lines } of channels.slice(0, 3)) {
    const at = lines.findIndex((line) => unusualPair(line, lines) !== undefined);
    const words = unusualPair(lines[at] ?? '', lines);
    assert.ok(words, 'no line says anything of its own');
    for (let tries = 0; ; tries++) {
      const found = await run(profile, 'search', words, '--chat', `@${username}`);
      if (found.some(({ seq }) => seq === at + 1)) break;
      assert.ok(tries < 20, `"${words}" of line ${at + 1} is not found in @${username}`);
      await sleep(300);
    }
  }
}

/** Each line that says something of its own is found by it. Answers how many. */
async function everyPhraseIsFound(origin: string, channels: readonly Channel[]): Promise<number> {
  const connection = new Connection({ origin, platform: nodePlatform, clientName: 'test' });
  let found = 0;
  try {
    for (const { conversationId, lines } of channels) {
      for (const [at, line] of lines.entries()) {
        const query = unusualPair(line, lines);
        if (query === undefined) continue;
        await isFound(connection, { query, conversationId, seq: at + 1 });
        found += 1;
      }
    }
  } finally {
    connection.close();
  }
  assert.ok(found > 0, 'no line says anything of its own');
  return found;
}

async function isFound(
  connection: Connection,
  { seq, ...request }: { query: string; conversationId: string; seq: number },
): Promise<void> {
  for (let tries = 0; ; tries++) {
    const { hits } = await connection.call(ChannelsService.method.searchPosts, {
      ...request,
      limit: 100,
    });
    if (hits.some(({ entry }) => entry?.seq === seq)) return;
    assert.ok(tries < 20, `"${request.query}" of line ${seq} is not found`);
    await sleep(300);
  }
}

function unusualPair(line: string, lines: readonly string[]): string | undefined {
  const pair = /\b([a-z]{6,12}) ([a-z]{6,12})\b/.exec(line)?.[0];
  if (pair === undefined) return undefined;
  return lines.filter((other) => other.includes(pair)).length === 1 ? pair : undefined;
}

async function until(
  what: string,
  done: () => boolean,
  describe: () => string = () => '',
): Promise<void> {
  for (const from = performance.now(); !done(); ) {
    if (performance.now() - from > patienceMs)
      throw new Error(`waited in vain for ${what}: ${describe()}`);
    await sleep(50);
  }
}
