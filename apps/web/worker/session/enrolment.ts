import {
  asHeliogramError,
  Connection,
  type DeviceKeys,
  type Enrolment,
  listDevices,
  recover,
  signUp,
} from '@heliogram/client';
import { AccountsService, ValidationError } from '@heliogram/protocol';
import type { SessionCommands } from '../../bridge/contract/session.ts';
import type { Shelf } from '../shelf/shelf.ts';
import { soon } from '../soon.ts';
import type { House } from './house.ts';
import type { KeyKeeper } from './key-keeper.ts';
import type { Session } from './session.ts';
import type { UnansweredSignUp } from './unanswered.ts';

export interface EnrolmentParts {
  readonly keyKeeper: KeyKeeper;
  readonly unanswered: Shelf<UnansweredSignUp>;
  readonly clientName: string;
}

type NewAccount = SessionCommands['signUp']['args'];

/** Makes this browser a device of an account: a new one, or one that a phrase opens. */
export class Enrolments {
  readonly #house: House;
  readonly #session: Session;
  readonly #parts: EnrolmentParts;
  #busy = false;

  constructor(house: House, session: Session, parts: EnrolmentParts) {
    this.#house = house;
    this.#session = session;
    this.#parts = parts;
  }

  /** Everything is kept before the server knows of it, and until it has answered. */
  signUp(account: NewAccount): Promise<{ readonly recoveryPhrase: string }> {
    const { name, username = '', invite, deviceName } = account;
    const { origin } = this.#house;
    const { unanswered, keyKeeper } = this.#parts;
    return this.#alone(deviceName, async (parts) => {
      const before = await unanswered.get(origin);
      let made = before?.made;
      const keep = async (_keys: DeviceKeys, kept: UnansweredSignUp['made']) => {
        made = kept;
        await unanswered.put(origin, { made: kept, name, username });
      };
      try {
        await signUp({ ...parts, name, username, invite, made, keep });
      } catch (error) {
        if (!made || !(await this.#isListed(parts, made.keys))) {
          // A refusal of the first try says that there is none; after a lost answer it does not.
          if (!before && !asHeliogramError(error).retry) await unanswered.delete(origin);
          await this.#session.showUnanswered();
          throw error;
        }
      }
      if (!made) throw new Error('a sign-up ended without an account');
      await keyKeeper.write(made.keys);
      await this.#enter(made.keys);
      if (before) this.#correct(account).catch(() => undefined);
      return { recoveryPhrase: made.recoveryPhrase };
    });
  }

  async recover(phrase: string, deviceName: string): Promise<void> {
    const { keyKeeper } = this.#parts;
    await this.#alone(deviceName, async (parts) => {
      let made: DeviceKeys | undefined;
      const keep = async (keys: DeviceKeys) => {
        made = keys;
        await keyKeeper.write(keys);
      };
      try {
        await recover({ ...parts, phrase, keep });
      } catch (error) {
        if (!made || !(await this.#isListed(parts, made))) {
          await keyKeeper.erase();
          throw error;
        }
      }
      await this.#enter(made);
    });
  }

  async #enter(keys: DeviceKeys | undefined): Promise<void> {
    await this.#parts.unanswered.delete(this.#house.origin);
    await this.#session.enter(keys);
  }

  /** What is kept here belongs to somebody: another enrolment, even a failed one, would erase their key. */
  async #alone<T>(deviceName: string, work: (parts: Enrolment) => Promise<T>): Promise<T> {
    const { origin, platform, keys } = this.#house;
    const { clientName } = this.#parts;
    if (keys || this.#busy) {
      throw new ValidationError('conflict', 'somebody is signed in here, or about to be');
    }
    this.#busy = true;
    const connection = new Connection({ origin, platform, clientName, maxFailures: 2 });
    try {
      return await work({ call: connection.call, origin, platform, deviceName });
    } finally {
      this.#busy = false;
      connection.close();
    }
  }

  /** Whether the account's own signed list has this device: then it was the answer that was lost. */
  async #isListed({ call }: Enrolment, { accountId, deviceId }: DeviceKeys): Promise<boolean> {
    const { records } = this.#house.store;
    const devices = await listDevices({ call, records }, accountId).catch(() => []);
    return devices.some((device) => device.deviceId === deviceId && !device.revoked);
  }

  /** The account may have been made as it was asked for first: what was typed last is what counts. */
  async #correct({ name, username = '' }: NewAccount): Promise<void> {
    const call = soon(this.#session.house);
    const { profile } = await call(AccountsService.method.getMe, {});
    if (!profile) return;
    if (profile.name !== name) await call(AccountsService.method.updateProfile, { name });
    if (profile.username !== username) {
      await call(AccountsService.method.setUsername, { username });
    }
    await this.#session.refreshMe();
  }
}
