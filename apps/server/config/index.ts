export { type CheckedConfig, checkConfig } from './check-config.ts';
export type { ServerConfig } from './config.ts';
export {
  type ConfigInput,
  type EffectiveSetting,
  type LoadedConfig,
  loadConfig,
} from './load-config.ts';
export { settingFlags } from './setting-flags.ts';
