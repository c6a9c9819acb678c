import { RateClass } from '@heliogram/protocol';
import type { ServerConfig } from './config.ts';
import type { Setting } from './setting.ts';
import type { settings } from './settings.ts';

export type Values = {
  readonly [Name in keyof typeof settings]: (typeof settings)[Name] extends Setting<infer T>
    ? T
    : never;
};

/** The settings as the server takes them. */
export function configOf(values: Values): ServerConfig {
  return {
    dataDirectory: values.data,
    host: values.host,
    port: values.port,
    origins: values.origins,
    trustedProxies: values.trustedProxies,
    name: values.name,
    registration: {
      policy: values.registration,
      difficultyBits: values.signUpDifficulty,
      invitesPerAccount: values.invitesPerAccount,
    },
    maxUploadBytes: values.maxUpload,
    subscriberCountIntervalMs: values.subscriberCountInterval,
    logLevel: values.logLevel,
    metrics: values.metrics,
    push: values.push,
    webAppDirectory: values.webApp,
    loopbackRateFactor: values.loopbackRateFactor,
    connectionsPerAddress: values.connectionsPerAddress,
    quotas: {
      posts: { accountBytes: values.accountPosts, serverBytes: values.serverPosts },
      files: { accountBytes: values.accountFiles, serverBytes: values.serverFiles },
    },
    clientMemoryBytes: values.clientMemory,
    rates: {
      [RateClass.UNSPECIFIED]: values.rateProbe,
      [RateClass.READ]: values.rateRead,
      [RateClass.WRITE]: values.rateWrite,
      [RateClass.APPEND]: values.rateAppend,
      [RateClass.SIGN_UP]: values.rateSignUp,
      [RateClass.SIGN_IN]: values.rateSignIn,
      [RateClass.SEARCH]: values.rateSearch,
      [RateClass.SIGNAL]: values.rateSignal,
      [RateClass.UPLOAD]: values.rateUpload,
      [RateClass.PROBE]: values.rateProbe,
    },
  };
}
