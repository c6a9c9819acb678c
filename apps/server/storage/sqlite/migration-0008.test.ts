import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Connection } from '../../sqlite/index.ts';
import { migration0008 } from './migration-0008.ts';
import { migrate } from './migrations.ts';

test('CNT-22: reactions that were stored in two forms become one, and are counted together', () => {
  const directory = mkdtempSync(join(tmpdir(), 'heliogram-reactions-'));
  const connection = new Connection(join(directory, 'heliogram.db'));
  migrate(connection);
  const { database } = connection;
  const react = database.prepare('insert into reactions values (1, ?, ?, ?)');
  const count = database.prepare('insert into reaction_counts values (1, ?, ?, ?)');
  for (const [seq, account, emoji] of [
    [1, 1, '❤'],
    [1, 2, '❤️'],
    [1, 3, '👍'],
    [2, 1, '❤︎'],
    [2, 2, '❤'],
  ] as const) {
    react.run(seq, account, emoji);
  }
  for (const [seq, emoji, of] of [
    [1, '❤', 1],
    [1, '❤️', 1],
    [1, '👍', 1],
    [2, '❤︎', 1],
    [2, '❤', 1],
  ] as const) {
    count.run(seq, emoji, of);
  }
  // Alone: later steps cannot run twice.
  database.exec(migration0008);
  const rows = (sql: string) =>
    database
      .prepare(sql)
      .all()
      .map((row) => Object.values(row));
  assert.deepEqual(rows('select seq, emoji, count from reaction_counts order by seq, emoji'), [
    [1, '❤️', 2],
    [1, '👍', 1],
    [2, '❤️', 2],
  ]);
  assert.deepEqual(rows('select distinct emoji from reactions order by emoji'), [['❤️'], ['👍']]);
  connection.close();
  rmSync(directory, { recursive: true });
});
