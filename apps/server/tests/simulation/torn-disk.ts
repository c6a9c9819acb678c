import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Chance } from '@heliogram/testing';

/** Files of a server's database, and what a crash makes of them. */
export class TornDisk {
  readonly #root: string;
  /** Whether commits that were answered are lost all the same: a disk that lies, to try the oracle. */
  readonly #lies: boolean;
  #life = 0;
  #beforeLastCommit: Files | undefined;
  #armed: ((before: Files, after: Files) => void) | undefined;

  constructor(root: string, lies = false) {
    this.#root = root;
    this.#lies = lies;
    mkdirSync(this.directory, { recursive: true });
    watchCommits((database, commit) => this.#committing(database, commit));
  }

  get directory(): string {
    return join(this.#root, `life-${this.#life}`);
  }

  get databaseFile(): string {
    return join(this.directory, 'heliogram.db');
  }

  /** The process dies now: durable bytes are kept, garbage may follow the end of the log. */
  crash(chance: Chance): void {
    const files = this.#lies ? (this.#beforeLastCommit ?? this.#read()) : this.#read();
    this.#reborn({ ...files, wal: withGarbage(files.wal, chance) });
  }

  /** The process dies within its next commit: any part of what that commit writes is there. */
  crashWithinNextCommit(chance: Chance, died: () => void): void {
    this.#armed = (before, after) => {
      this.#armed = undefined;
      this.#reborn(torn(before, after, chance));
      died();
    };
  }

  close(): void {
    watchCommits(undefined);
    rmSync(this.#root, { recursive: true, force: true });
  }

  #committing(database: DatabaseSync, commit: () => void): void {
    if (database.location() !== this.databaseFile || !(this.#armed || this.#lies)) return commit();
    const before = this.#read();
    commit();
    this.#beforeLastCommit = before;
    this.#armed?.(before, this.#read());
  }

  #read(): Files {
    return { db: readIfThere(this.databaseFile), wal: readIfThere(`${this.databaseFile}-wal`) };
  }

  /** The next life starts in a directory of its own: what the dead process still writes is lost. */
  #reborn({ db, wal }: Files): void {
    const old = this.directory;
    this.#life += 1;
    this.#beforeLastCommit = undefined;
    this.#armed = undefined;
    mkdirSync(this.directory, { recursive: true });
    writeFileSync(this.databaseFile, db);
    writeFileSync(`${this.databaseFile}-wal`, wal);
    // The index may be behind, or gone.
    const index = join(old, 'search.db');
    if (existsSync(index)) copyFileSync(index, join(this.directory, 'search.db'));
  }
}

type Files = { readonly db: Buffer; readonly wal: Buffer };

const readIfThere = (path: string): Buffer =>
  existsSync(path) ? readFileSync(path) : Buffer.alloc(0);

/** A commit that reached the database file itself is whole: SQLite synced its log before. */
function torn(before: Files, after: Files, chance: Chance): Files {
  if (!before.db.equals(after.db)) return after;
  const [from, to] = changedRange(before.wal, after.wal);
  const cut = chance.int(from, to);
  const wal = Buffer.from(after.wal);
  // Beyond the cut: what was there before, or zeros where the file grew.
  wal.fill(0, cut, to);
  wal.set(before.wal.subarray(cut, to), cut);
  if (chance.chance(0.5))
    return { db: after.db, wal: wal.subarray(0, Math.max(cut, before.wal.byteLength)) };
  if (chance.chance(0.5)) wal.set(chance.bytes(Math.min(64, to - cut)), cut);
  return { db: after.db, wal };
}

function changedRange(before: Buffer, after: Buffer): readonly [number, number] {
  let from = 0;
  while (from < after.byteLength && before[from] === after[from]) from += 1;
  let to = after.byteLength;
  while (to > from && before[to - 1] === after[to - 1]) to -= 1;
  return [from, to];
}

function withGarbage(wal: Buffer, chance: Chance): Buffer {
  return chance.chance(0.5) ? Buffer.concat([wal, chance.bytes(chance.int(1, 9_000))]) : wal;
}

type CommitWatcher = (database: DatabaseSync, commit: () => void) => void;

const exec = DatabaseSync.prototype.exec;
let watcher: CommitWatcher | undefined;

/** Every commit of this process passes by: the one instant in which a write can be torn. */
function watchCommits(watch: CommitWatcher | undefined): void {
  watcher = watch;
  DatabaseSync.prototype.exec = function (this: DatabaseSync, sql: string): void {
    if (sql !== 'commit' || !watcher) return exec.call(this, sql);
    watcher(this, () => exec.call(this, sql));
  };
}
