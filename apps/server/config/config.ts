import type { Rates } from '../gateway/rate-limiter.ts';

/** Everything that an operator can set, in one value. Read once at start; never from the environment elsewhere. */
export type ServerConfig = {
  readonly dataDirectory: string;
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** Public origins, such as `https://chat.example`, first the one to tell people. */
  readonly origins: readonly string[];
  /** Addresses and networks (CIDR) of reverse proxies whose X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[];
  /** What the server calls itself. */
  readonly name: string;
  readonly registration: {
    readonly policy: 'open' | 'invite' | 'closed';
    readonly difficultyBits: number;
    readonly invitesPerAccount: number;
  };
  readonly maxUploadBytes: number;
  /** The shown subscriber count changes at most so often. */
  readonly subscriberCountIntervalMs: number;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Who may read /metrics: nobody, this machine, anyone. */
  readonly metrics: 'off' | 'local' | 'open';
  /** Where Web Push goes: nowhere (also when absent), to the public internet, anywhere. */
  readonly push?: 'off' | 'public' | 'any';
  /** Where the built web app lies. Absent or empty: a page says how to go on without it. */
  readonly webAppDirectory?: string;
  /** Absent: the gateway's own. */
  readonly rates?: Rates;
  /** How many times the rates of an address the loopback addresses get. Absent: the gateway's own. */
  readonly loopbackRateFactor?: number;
  /** Connections that one address may hold. Absent: 1,000. */
  readonly connectionsPerAddress?: number;
  /** Bytes of posts and of files that an account, and all together, may keep. Absent: no bound. */
  readonly quotas?: {
    readonly posts: { readonly accountBytes: number; readonly serverBytes: number };
    readonly files: { readonly accountBytes: number; readonly serverBytes: number };
  };
  /** Bytes held for clients that read or send slowly, of all together. Absent: 256 MiB. */
  readonly clientMemoryBytes?: number;
};
