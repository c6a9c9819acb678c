import { create } from '@bufbuild/protobuf';
import { type LogService, ReadRequestSchema } from '@heliogram/protocol';
import type { Handlers } from '../../apps/server/gateway/service.ts';
import { temporaryDirectory } from '../harness/publisher.ts';
import { type BenchResult, median } from '../harness/report.ts';
import { newEntry, openLog } from './open-log.ts';

const ENTRIES = 1_000_000;
const READS = 2_000;

/** The last 50 entries of a log of a million, as the handler answers them, against the query alone. */
export async function benchRead(): Promise<BenchResult> {
  const directory = temporaryDirectory();
  const { room, storage, conversations } = await openLog(directory.path, 1);
  const [conversation] = conversations;
  if (!conversation) throw new Error('no conversation');
  for (let done = 0; done < ENTRIES; done += 2_000) {
    await room.log.append(conversation, Array.from({ length: 2_000 }, newEntry));
  }
  const handlers = room.service.handlers as Handlers<typeof LogService>;
  const { conversationId } = conversation;
  const request = create(ReadRequestSchema, { conversationId, limit: 50, listed: true });
  const caller = { kind: 'anonymous', address: '' } as const;
  const answer = await timed(() => handlers.read(request, { caller }));
  const query = await timed(() =>
    storage.log.read({
      conversation: conversation.id,
      afterSeq: 0,
      beforeSeq: 0xffff_ffff,
      limit: 50,
      from: 'end',
      listed: true,
      maxBytes: 1_000_000,
    }),
  );
  await storage.close();
  directory.remove();
  return {
    bench: 'read',
    rows: [
      { what: 'last 50 of 1,000,000, query and rows', value: query, unit: 'ms' },
      { what: 'last 50 of 1,000,000, in the server', value: answer, unit: 'ms', target: 0.3 },
    ],
  };
}

async function timed(run: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let read = 0; read < READS; read += 1) {
    const startedMs = performance.now();
    await run();
    times.push(performance.now() - startedMs);
  }
  return median(times);
}
