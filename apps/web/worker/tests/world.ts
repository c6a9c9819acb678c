import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { promisify } from 'node:util';
import {
  type ClientStore,
  createMemoryStore,
  type DeviceKeys,
  type Platform,
} from '@heliogram/client';
import { nodePlatform } from '@heliogram/client/node';
import { Bridge } from '../../bridge/bridge.ts';
import type { Watches, WatchName } from '../../bridge/contract/contract.ts';
import type { ToWindow } from '../../bridge/messages.ts';
import { Hub } from '../hub/hub.ts';
import type { KeptUpload } from '../publishing/uploads.ts';
import { openRooms } from '../rooms.ts';
import { Session } from '../session/session.ts';
import type { UnansweredSignUp } from '../session/unanswered.ts';
import type { Shelf } from '../shelf/shelf.ts';

export interface Server {
  readonly origin: string;
  /** What its operator does on the command line. */
  operate(...args: readonly string[]): Promise<void>;
  /** Gone at once, as after a power cut. */
  stop(): void;
  /** Again, on the same port and data. */
  start(): Promise<void>;
}

/** A server of its own on a free port. */
export async function serve(t: TestContext): Promise<Server> {
  const data = mkdtempSync(join(tmpdir(), 'heliogram-web-'));
  let server = await listen(data, '0');
  const { origin } = server;
  const { port } = new URL(origin);
  t.after(() => {
    server.child.kill('SIGKILL');
    rmSync(data, { recursive: true, force: true });
  });
  const cli = join(import.meta.dirname, '../../../cli/main.ts');
  return {
    origin,
    operate: async (...args) => {
      await promisify(execFile)(process.execPath, [cli, 'admin', ...args, '--data', data]);
    },
    stop: () => void server.child.kill('SIGKILL'),
    start: async () => {
      server = await listen(data, port);
    },
  };
}

async function listen(data: string, port: string) {
  const cli = join(import.meta.dirname, '../../../cli/main.ts');
  const args = [cli, 'serve', '--data', data, '--port', port, '--json', '--log-level', 'silent'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  for await (const line of child.stdout) {
    const said: unknown = JSON.parse(String(line));
    if (typeof said === 'object' && said && 'url' in said)
      return { child, origin: String(said.url) };
  }
  throw new Error('the server did not start');
}

class MemoryShelf<Value> implements Shelf<Value> {
  readonly #values = new Map<string, Value>();

  async get(key: string): Promise<Value | undefined> {
    return this.#values.get(key);
  }

  async put(key: string, value: Value): Promise<void> {
    this.#values.set(key, value);
  }

  async delete(key: string): Promise<void> {
    this.#values.delete(key);
  }

  async all(): Promise<readonly Value[]> {
    return [...this.#values.values()];
  }

  async clear(): Promise<void> {
    this.#values.clear();
  }
}

/** What a browser keeps when its tab is closed. */
export interface Disk {
  readonly store: ClientStore;
  readonly keys: Shelf<DeviceKeys>;
  readonly files: Shelf<KeptUpload>;
  readonly unanswered: Shelf<UnansweredSignUp>;
  /** Of whoever needs another one than Node has. */
  readonly platform?: Platform;
}

export function newDisk(): Disk {
  return {
    store: createMemoryStore(),
    keys: new MemoryShelf(),
    files: new MemoryShelf(),
    unanswered: new MemoryShelf(),
  };
}

export interface Tab {
  readonly bridge: Bridge;
  /** Resolves with the first event of a watch that `holds`. */
  until<Name extends WatchName>(
    name: Name,
    args: Watches[Name]['args'],
    holds: (event: Watches[Name]['event']) => boolean,
  ): Promise<Watches[Name]['event']>;
  /** As a tab that is closed: nothing of it runs on. */
  close(): Promise<void>;
}

/** The worker's rooms in this process, on a disk that outlives them. */
export async function openTab(t: TestContext, origin: string, disk: Disk): Promise<Tab> {
  const hub = new Hub();
  const clientName = 'heliogram-web-test';
  const keyKeeper = {
    read: () => disk.keys.get('device'),
    write: (keys: DeviceKeys) => disk.keys.put('device', keys),
    erase: () => disk.keys.delete('device'),
  };
  const { store, files, unanswered, platform = nodePlatform } = disk;
  const kept = { keyKeeper, files, unanswered, clientName };
  const session = new Session({
    origin,
    platform,
    store,
    ...kept,
    moved: (house) => hub.setHandlers(openRooms(house, { session, ...kept })),
  });
  let take: (message: ToWindow) => void = () => undefined;
  const bridge = new Bridge({
    post: (message) => hub.receive('tab', message, (back) => take(structuredClone(back))),
    receive: (receiver) => {
      take = receiver;
    },
  });
  await session.start();
  const close = async () => {
    hub.leave('tab');
    await session.house.client.close();
  };
  t.after(close);
  return { bridge, until: untilOf(bridge), close };
}

function untilOf(bridge: Bridge): Tab['until'] {
  return (name, args, holds) =>
    new Promise((resolve) => {
      const watch = bridge.watch(name, args, (event) => {
        if (!holds(event)) return;
        resolve(event);
        queueMicrotask(() => watch.end());
      });
    });
}
