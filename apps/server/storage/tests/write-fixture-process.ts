import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { openSqliteStorage } from '../sqlite/index.ts';
import { writeStoredRows } from './stored-rows.ts';

// Run once, by hand, when a release is cut: `node apps/server/storage/tests/write-fixture-process.ts 0.1.0`.
const [release] = process.argv.slice(2);
if (release === undefined) throw new Error('name the release, such as 0.1.0');
const directory = mkdtempSync(join(tmpdir(), 'heliogram-fixture-'));
const path = join(directory, 'heliogram.db');
const storage = openSqliteStorage({ path });
await writeStoredRows(storage);
await storage.close();
const fixture = new URL(`../fixtures/heliogram-${release}.db.gz`, import.meta.url);
writeFileSync(fixture, gzipSync(readFileSync(path), { level: 9 }));
rmSync(directory, { recursive: true });
