export { nodePlatform } from './platform.ts';
export { openSqliteStore } from './sqlite-store.ts';
