export { Connection, storageError } from './connection.ts';
export { damagedDatabase, isDamage, openingError } from './opening-error.ts';
