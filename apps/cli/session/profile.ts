import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { DeviceKeys } from '@heliogram/client';
import { DependencyError, VerificationError } from '@heliogram/protocol';

/** One device: where it is at home, and the keys that make it this device. */
export type StoredDevice = {
  readonly origin: string;
  readonly accountId: string;
  readonly deviceId: string;
  readonly name: string;
  readonly username: string;
  /** Hex; beside `secrets` so that signing in needs no more than this. */
  readonly signatureSeed: string;
  /** Hex of the stored form of all secrets. */
  readonly secrets: string;
};

export type DeviceFacts = Pick<StoredDevice, 'origin' | 'name' | 'username'>;

/** The files of one profile: readable by their owner only. */
export class Profile {
  readonly directory: string;

  constructor(directory: string) {
    this.directory = directory;
  }

  get storeFile(): string {
    return join(this.directory, 'store.db');
  }

  get exists(): boolean {
    return existsSync(this.#deviceFile);
  }

  /** Throws `unauthenticated` when nobody has signed up or recovered here. */
  read(): StoredDevice {
    if (!this.exists) {
      throw new VerificationError(
        'unauthenticated',
        `no account in ${this.directory}: run “heliogram sign-up” or “heliogram recover” first`,
      );
    }
    return parseDevice(readFileSync(this.#deviceFile, 'utf8'), this.#deviceFile);
  }

  /** Writes the keys where they count for nothing yet, so that no account is made that cannot be kept. */
  prepare(keys: DeviceKeys, facts: DeviceFacts): void {
    const device: StoredDevice = {
      ...facts,
      accountId: keys.accountId,
      deviceId: keys.deviceId,
      signatureSeed: Buffer.from(keys.signatureSeed).toString('hex'),
      secrets: Buffer.from(keys.secrets).toString('hex'),
    };
    this.#write(this.#pendingFile, device);
  }

  /** The server knows the prepared device: it is this profile's from now on. */
  commit(): void {
    renameSync(this.#pendingFile, this.#deviceFile);
    syncDirectory(this.directory);
  }

  abandon(): void {
    rmSync(this.#pendingFile, { force: true });
  }

  update(facts: Partial<DeviceFacts>): void {
    this.#write(this.#deviceFile, { ...this.read(), ...facts });
  }

  /** Keys and store are gone; nothing can sign in as this device any more. */
  erase(): void {
    rmSync(this.#deviceFile, { force: true });
    for (const suffix of ['', '-wal', '-shm']) rmSync(this.storeFile + suffix, { force: true });
  }

  get #deviceFile(): string {
    return join(this.directory, 'device.json');
  }

  get #pendingFile(): string {
    return join(this.directory, 'device.pending.json');
  }

  #write(file: string, device: StoredDevice): void {
    const draft = `${file}.${randomBytes(6).toString('hex')}`;
    try {
      mkdirSync(this.directory, { recursive: true, mode: 0o700 });
      chmodSync(this.directory, 0o700);
      const descriptor = openSync(draft, 'wx', 0o600);
      writeSync(descriptor, `${JSON.stringify({ version: 1, ...device }, null, 2)}\n`);
      fsyncSync(descriptor);
      closeSync(descriptor);
      renameSync(draft, file);
      syncDirectory(this.directory);
    } catch (cause) {
      rmSync(draft, { force: true });
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new DependencyError('unavailable', `cannot write the profile: ${reason}`, {
        cause,
      });
    }
  }
}

function syncDirectory(directory: string): void {
  const descriptor = openSync(directory, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
}

const FIELDS = ['origin', 'accountId', 'deviceId', 'name', 'username', 'signatureSeed', 'secrets'];

function parseDevice(text: string, file: string): StoredDevice {
  const value: unknown = parseJson(text);
  if (!isStoredDevice(value)) {
    throw new DependencyError(
      'unavailable',
      `${file} is damaged or was written by a newer version`,
    );
  }
  return value;
}

function isStoredDevice(value: unknown): value is StoredDevice & { readonly version: 1 } {
  if (typeof value !== 'object' || value === null) return false;
  const fields = new Map(Object.entries(value));
  return (
    fields.get('version') === 1 && FIELDS.every((name) => typeof fields.get(name) === 'string')
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
