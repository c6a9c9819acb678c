import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { EntryKind } from '@heliogram/protocol';
import { World } from './tests/world.ts';

const DIRECTORY = join(import.meta.dirname, '../../../../shared/data/irc');

test('SRC-15: every line of real talk is found by its own words', async (t) => {
  if (!existsSync(DIRECTORY)) return t.skip('no real lines on this machine');
  const world = new World();
  try {
    const lines = new Map<number, string[]>();
    for (const name of readdirSync(DIRECTORY)) {
      const channel = await world.channel({ title: name });
      const own = readFileSync(join(DIRECTORY, name), 'utf8')
        .split('\n')
        .filter((line) => line.trim());
      lines.set(channel.id, own);
      for (let at = 0; at < own.length; at += 64) {
        const entries = own.slice(at, at + 64).map((text) => ({
          kind: EntryKind.POST,
          payload: world.postPayload(channel, text),
        }));
        await world.append(channel, entries);
      }
    }
    await world.search.settled();
    for (const [conversation, own] of lines) {
      for (let at = 0; at < own.length; at += 211) {
        const words = [
          ...(own[at] ?? '').matchAll(/(?<![\p{L}\p{N}\p{M}])[A-Za-z]{3,}(?![\p{L}\p{N}\p{M}])/gu),
        ].map(([word]) => word);
        if (words.length < 4) continue;
        const query = words.slice(-4).join(' ');
        const seqs = await world.seqs(query, { conversation, limit: 500 });
        assert.ok(seqs.includes(at + 1), `${query} in line ${at + 1}`);
      }
    }
  } finally {
    await world.close();
  }
});
