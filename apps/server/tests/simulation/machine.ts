import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  create,
  type DescMessage,
  type DescMethodUnary,
  type MessageInitShape,
  toBinary,
} from '@bufbuild/protobuf';
import { AdminService, DependencyError } from '@heliogram/protocol';
import type { Chance, RunningServer, ServerMachine, ServerSurroundings } from '@heliogram/testing';
import { type Core, createCore, type Foundations } from '../../app.ts';
import { createInProcessBus } from '../../bus/in-process.ts';
import type { Storage } from '../../storage/port.ts';
import { openSqliteStorage } from '../../storage/sqlite/index.ts';
import { silentLog, silentTelemetry } from '../../telemetry.ts';
import { simulatedConfig } from './config.ts';
import { TornDisk } from './torn-disk.ts';

/** Ways to break the server on purpose, to see the oracle find it. */
export type Sabotage = {
  readonly foundations?: (foundations: Foundations) => Foundations;
  /** The disk forgets its last commit when the process dies. */
  readonly disk?: boolean;
};

/** The real server on a simulated machine: its rooms and its SQLite, without sockets and real time. */
export function createMachine(sabotage: Sabotage = {}): ServerMachine {
  const root = mkdtempSync(join(tmpdir(), 'heliogram-simulation-'));
  const disk = new TornDisk(root, sabotage.disk);
  let full = false;
  return {
    boot: async (surroundings) => {
      const storage = openSqliteStorage({ path: disk.databaseFile });
      const foundations: Foundations = {
        config: simulatedConfig(disk.directory),
        storage: fillable(storage, () => full),
        bus: createInProcessBus(),
        runtime: surroundings.runtime,
        telemetry: silentTelemetry,
        log: { ...silentLog, error: (event, error) => report(surroundings, event, error) },
      };
      const core = createCore(
        sabotage.foundations?.(foundations) ?? foundations,
        surroundings.wrap,
      );
      core.setListening('127.0.0.1', 1);
      await core.start();
      return running(core);
    },
    kill: (chance: Chance) => disk.crash(chance),
    killWithinNextCommit: (chance, died) => disk.crashWithinNextCommit(chance, died),
    setDiskFull: (now) => {
      full = now;
    },
    close: async () => disk.close(),
  };
}

/** Trouble with the disk is the weather, not a defect. */
function report({ defect }: ServerSurroundings, event: string, error: unknown): void {
  if (!(error instanceof DependencyError)) defect(event, error);
}

function running({ connections, dispatcher }: Core): RunningServer {
  const operate = <I extends DescMessage>(
    method: DescMethodUnary<I, DescMessage>,
    request: MessageInitShape<I>,
  ) =>
    dispatcher.call(
      `${method.parent.typeName}/${method.name}`,
      toBinary(method.input, create(method.input, request)),
      { caller: { kind: 'operator', address: '' } },
    );
  const { suspendAccount, restoreAccount, takeDown, restore } = AdminService.method;
  const reason = 'simulated';
  return {
    admit: (link, address) => {
      const connection = connections.admit(link, address);
      return {
        receive: (message) => connection.receive(message),
        drained: () => connection.drained(),
        gone: () => connections.remove(connection),
      };
    },
    operator: {
      suspend: (account) => operate(suspendAccount, { account, reason, branch: false }),
      restoreAccount: (account) => operate(restoreAccount, { account }),
      takeDown: (channel, seq) => operate(takeDown, { channel, seq, reason }),
      restore: (channel, seq) => operate(restore, { channel, seq }),
    },
  };
}

/** Storage on a disk that is full while `isFull` says so. */
function fillable(storage: Storage, isFull: () => boolean): Storage {
  const writing = <T>(run: () => Promise<T>): Promise<T> =>
    isFull() ? Promise.reject(new DependencyError('storage_full', 'the disk is full')) : run();
  const { log } = storage;
  return {
    db: storage.db,
    transaction: (run) => writing(() => storage.transaction(run)),
    forgetRemoved: () => storage.forgetRemoved(),
    close: () => storage.close(),
    log: {
      append: (batch) => writing(() => log.append(batch)),
      read: (range) => log.read(range),
      entry: (conversation, seq) => log.entry(conversation, seq),
      heads: (conversations) => log.heads(conversations),
      find: (ids) => log.find(ids),
      countPosts: (after, cap) => log.countPosts(after, cap),
      setTakenDown: (conversation, seq, reason) =>
        writing(() => log.setTakenDown(conversation, seq, reason)),
      weight: (conversation, afterSeq) => log.weight(conversation, afterSeq),
      trim: (conversation, upToSeq) => writing(() => log.trim(conversation, upToSeq)),
      erase: (conversation) => writing(() => log.erase(conversation)),
    },
  };
}
