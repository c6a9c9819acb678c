import { qualifiedEmoji } from '@heliogram/content';
import { InternalError, ValidationError } from '@heliogram/protocol';
import type { Connection } from '../../sqlite/index.ts';
import { migration0001 } from './migration-0001.ts';
import { migration0002 } from './migration-0002.ts';
import { migration0003 } from './migration-0003.ts';
import { migration0004 } from './migration-0004.ts';
import { migration0005 } from './migration-0005.ts';
import { migration0006 } from './migration-0006.ts';
import { migration0007 } from './migration-0007.ts';
import { migration0008 } from './migration-0008.ts';
import { migration0009 } from './migration-0009.ts';
import { migration0010 } from './migration-0010.ts';

/** In order, forward only. A landed migration never changes: a new layout is a new one. */
const migrations: readonly string[] = [
  migration0001,
  migration0002,
  migration0003,
  migration0004,
  migration0005,
  migration0006,
  migration0007,
  migration0008,
  migration0009,
  migration0010,
];

/** Brings the file to the newest layout, each step in a transaction of its own. */
export function migrate(connection: Connection): void {
  const applied = schemaVersion(connection);
  if (applied > migrations.length) {
    throw newerDatabase();
  }
  connection.database.function('qualified_emoji', { deterministic: true }, (emoji) =>
    qualifiedEmoji(String(emoji)),
  );
  for (const [index, sql] of migrations.entries()) {
    if (index >= applied) {
      connection.transact(() =>
        connection.database.exec(`${sql} pragma user_version = ${index + 1};`),
      );
    }
  }
}

/** The newest layout that this release knows. */
export const schemaVersionHere = migrations.length;

function newerDatabase(): ValidationError {
  return new ValidationError(
    'version_unsupported',
    'a newer version of heliogram wrote the database: run that version, or restore a backup of this one',
  );
}

function schemaVersion(connection: Connection): number {
  const row = connection.database.prepare('pragma user_version').get();
  const version = row?.['user_version'];
  if (typeof version !== 'number') throw new InternalError('the database has no version');
  return version;
}
