export { Connection, storageError } from './connection.ts';
