import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import {
  create,
  type DescMessage,
  type DescMethodUnary,
  fromBinary,
  type MessageInitShape,
  type MessageShape,
  toBinary,
} from '@bufbuild/protobuf';
import { AccountsService, AdminService, ValidationError } from '@heliogram/protocol';
import { Dispatcher } from '../../gateway/dispatcher.ts';
import { RateLimiter } from '../../gateway/rate-limiter.ts';
import type { CallContext, Caller, DeviceCaller } from '../../gateway/service.ts';
import type { EndReason, Sessions } from '../../gateway/sessions.ts';
import { createModeration } from '../../moderation/index.ts';
import type { ModerationOptions } from '../../moderation/options.ts';
import type { Runtime } from '../../runtime.ts';
import type { Storage } from '../../storage/port.ts';
import { openSqliteStorage } from '../../storage/sqlite/index.ts';
import { silentLog, silentTelemetry } from '../../telemetry.ts';
import { type Accounts, type AccountsOptions, createAccounts, ed25519Verifier } from '../index.ts';

export const ORIGIN = 'https://hill.example';
export const accountsMethods = AccountsService.method;
export const adminMethods = AdminService.method;
export const nobody: Caller = { kind: 'anonymous', address: '127.0.0.1' };
export const operator: Caller = { kind: 'operator', address: '' };

/** Time by hand, randomness from a seed. */
export class TestRuntime implements Runtime {
  wallMs = Date.UTC(2026, 10, 23);
  monotonic = 0;
  readonly timers: (() => void)[] = [];
  #drawn = 0;
  readonly #seed: string;

  constructor(seed = 'accounts') {
    this.#seed = seed;
  }

  now(): number {
    return this.wallMs;
  }

  settledNow(): number {
    return this.now();
  }

  monotonicMs(): number {
    return this.monotonic;
  }

  advance(ms: number): void {
    this.wallMs += ms;
    this.monotonic += ms;
  }

  soon(run: () => void): void {
    setImmediate(run);
  }

  after(_delayMs: number, run: () => void): { cancel(): void } {
    this.timers.push(run);
    return { cancel: () => this.timers.splice(this.timers.indexOf(run), 1) };
  }

  randomBytes(length: number): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(length);
    for (let at = 0; at < length; at += 32) {
      this.#drawn += 1;
      const block = createHash('sha256').update(`${this.#seed} ${this.#drawn}`).digest();
      bytes.set(block.subarray(0, Math.min(32, length - at)), at);
    }
    return bytes;
  }
}

/** What was ended, in order: "device ID code message" or "account ID code message". */
export class TestSessions implements Sessions {
  readonly ended: string[] = [];
  readonly tokens: { readonly deviceId: string }[] = [];

  endDevice(_account: string, deviceId: string, { code, message }: EndReason): void {
    this.ended.push(`device ${deviceId} ${code} ${message}`);
  }

  endAccount(accountId: string, { code, message }: EndReason): void {
    this.ended.push(`account ${accountId} ${code} ${message}`);
  }

  issueToken(caller: { readonly deviceId: string }) {
    this.tokens.push(caller);
    return { token: 'a token', expiresAt: 1_000 };
  }
}

export type WorldOptions = Partial<
  Pick<AccountsOptions, 'registration' | 'onAccountDeleted' | 'verifier'>
> & {
  readonly path?: string;
  readonly runtime?: TestRuntime;
  readonly channels?: ModerationOptions['channels'];
};

/** The rooms of accounts and moderation on a real database, behind the real dispatcher. */
export type World = {
  readonly path: string;
  readonly storage: Storage;
  readonly runtime: TestRuntime;
  readonly sessions: TestSessions;
  readonly accounts: Accounts;
  readonly dispatcher: Dispatcher;
  /** Devices that hold a connection. */
  readonly live: Set<string>;
  readonly changedAccounts: string[];
  readonly avatarClaims: unknown[];
  readonly failures: unknown[];
  call<I extends DescMessage, O extends DescMessage>(
    method: DescMethodUnary<I, O>,
    request: MessageInitShape<I>,
    by?: Caller | CallContext,
  ): Promise<MessageShape<O>>;
};

export function openWorld(t: TestContext, options: WorldOptions = {}): World {
  const path = options.path ?? join(temporaryDirectory(t), 'heliogram.db');
  const storage = openSqliteStorage({ path });
  t.after(() => storage.close().catch(() => undefined));
  const runtime = options.runtime ?? new TestRuntime();
  const sessions = new TestSessions();
  const changedAccounts: string[] = [];
  const avatarClaims: unknown[] = [];
  const failures: unknown[] = [];
  const live = new Set<string>();
  const accounts = createAccounts({
    isLive: (device) => live.has(device),
    storage,
    runtime,
    sessions,
    notices: {
      accountChanged: (accountId) => changedAccounts.push(accountId),
      conversationChanged: () => undefined,
      countersChanged: () => undefined,
      accessEnded: () => undefined,
    },
    verifier: options.verifier ?? ed25519Verifier,
    registration: options.registration ?? {
      policy: 'open',
      difficultyBits: 0,
      invitesPerAccount: 2,
    },
    origins: { accepts: (origin) => origin === ORIGIN },
    avatars: {
      claimAccountAvatar: async (_database, claim) => {
        if (claim.mediaId.startsWith('ff')) {
          throw new ValidationError('media_rejected', 'not a picture');
        }
        avatarClaims.push(claim);
      },
    },
    onAccountDeleted: options.onAccountDeleted ?? [],
    report: (error) => failures.push(error),
  });
  const dispatcher = dispatcherOf({ ...options, storage, runtime, sessions, accounts });
  const call: World['call'] = async (method, request, by = nobody) => {
    const context: CallContext = 'kind' in by ? { caller: by } : by;
    const payload = toBinary(method.input, create(method.input, request));
    const name = `${method.parent.typeName}/${method.name}`;
    return fromBinary(method.output, await dispatcher.call(name, payload, context));
  };
  return {
    path,
    storage,
    live,
    runtime,
    sessions,
    accounts,
    dispatcher,
    changedAccounts,
    avatarClaims,
    failures,
    call,
  };
}

function dispatcherOf(
  parts: Pick<World, 'storage' | 'runtime' | 'sessions' | 'accounts'> & WorldOptions,
): Dispatcher {
  const { storage, runtime, sessions, accounts } = parts;
  const moderation = createModeration({
    storage,
    runtime,
    sessions,
    standings: accounts.standings,
    channels: parts.channels ?? {
      takeDown: async () => undefined,
      restore: async () => undefined,
    },
  });
  return new Dispatcher({
    services: [accounts.service, moderation.service],
    rates: new RateLimiter(runtime),
    runtime,
    telemetry: silentTelemetry,
    log: silentLog,
    checkStanding: (caller) => accounts.standings.check(caller),
  });
}

export function temporaryDirectory(t: TestContext): string {
  const directory = mkdtempSync(join(tmpdir(), 'heliogram-test-'));
  t.after(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** A live connection that remembers whom it was signed in as. */
export function connection(): {
  readonly context: CallContext;
  readonly signedIn: DeviceCaller[];
} {
  const signedIn: DeviceCaller[] = [];
  const context: CallContext = {
    caller: nobody,
    connection: {
      signIn: (caller) => signedIn.push(caller),
      subscribe: () => undefined,
      unsubscribe: () => undefined,
      subscriptions: 0,
    },
  };
  return { context, signedIn };
}

/** `assert.rejects` for a typed refusal. */
export function refusal(code: string): (error: unknown) => boolean {
  return (error) => {
    if (error instanceof Error && 'code' in error && error.code === code) return true;
    throw error;
  };
}
