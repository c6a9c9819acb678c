export { checkSettings } from './check-config.ts';
export type { ServerConfig } from './config.ts';
export { loadConfig } from './load-config.ts';
export { settingFlags } from './setting-flags.ts';
