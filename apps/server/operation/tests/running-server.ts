import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { create, fromJsonString, type MessageInitShape, toJsonString } from '@bufbuild/protobuf';
import { composePost, conversationUri, encodeContent } from '@heliogram/content';
import {
  LogService,
  ReadRequestSchema,
  type ReadResponse,
  ReadResponseSchema,
} from '@heliogram/protocol';
import type { Person } from '../../tests/processes/person.ts';

export function temporary(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'heliogram-operation-'));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

export type ServerProcess = {
  /** Its first line: the URL, or why it did not start. */
  readonly said: string;
  readonly logs: () => string;
  /** Asks it to end; answers its exit status. */
  end(): Promise<number | null>;
};

/** A server process with these flags, on a free port unless they name one. */
export async function serve(
  t: TestContext,
  flags: Readonly<Record<string, string>>,
): Promise<ServerProcess> {
  const script = join(import.meta.dirname, 'serve-process.ts');
  const child = spawn(process.execPath, [script, JSON.stringify({ port: '0', ...flags })]);
  t.after(() => child.kill('SIGKILL'));
  let logs = '';
  child.stderr.on('data', (chunk) => {
    logs += String(chunk);
  });
  const said = await firstLine(child, () => logs);
  return {
    said,
    logs: () => logs,
    end: async () => {
      child.stdin.end();
      if (child.exitCode === null) await once(child, 'exit');
      return child.exitCode;
    },
  };
}

async function firstLine(child: ChildProcess, logs: () => string): Promise<string> {
  let text = '';
  for await (const chunk of child.stdout ?? []) {
    text += String(chunk);
    if (text.includes('\n')) return text.slice(0, text.indexOf('\n'));
  }
  throw new Error(`the server said nothing: ${logs()}`);
}

let ids = 0;

/** Posts to a channel; answers the seq, or throws with the code of the refusal. */
export async function post(
  { client }: Pick<Person, 'client'>,
  conversationId: string,
  text: string,
): Promise<number> {
  ids += 1;
  const appendId = new Uint8Array(16);
  new DataView(appendId.buffer).setFloat64(0, performance.timeOrigin + performance.now());
  new DataView(appendId.buffer).setUint32(12, ids);
  const uri = conversationUri(conversationId);
  const salt = new Uint8Array(16).fill(ids % 251);
  const payload = encodeContent(composePost({ salt, senderUri: uri, roomUri: uri, text }));
  const entries = [{ appendId, payload }];
  const { results } = await client.connection.call(LogService.method.append, {
    conversationId,
    entries,
  });
  const outcome = results[0]?.outcome;
  if (outcome?.case === 'appended') return outcome.value.seq;
  throw Object.assign(new Error(outcome?.value?.message), { code: outcome?.value?.code });
}

/** Reads a public channel without an account. */
export async function readOver(
  url: string,
  request: MessageInitShape<typeof ReadRequestSchema>,
): Promise<ReadResponse> {
  const response = await fetch(`${url}/heliogram.v1.LogService/Read`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: toJsonString(
      ReadRequestSchema,
      create(ReadRequestSchema, { ...request, fromStart: true }),
    ),
  });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return fromJsonString(ReadResponseSchema, await response.text());
}
