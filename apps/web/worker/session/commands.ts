import {
  Connection,
  type DeviceKeys,
  deleteAccount,
  listDevices,
  recover,
  revokeDevice,
  signUp,
} from '@heliogram/client';
import {
  AccountsService,
  username as parseUsername,
  ValidationError,
  VerificationError,
} from '@heliogram/protocol';
import type { SessionCommands } from '../../bridge/contract/session.ts';
import type { CommandHandlers } from '../hub/handlers.ts';
import { uploadPicture } from '../publishing/pictures.ts';
import type { House } from './house.ts';
import type { KeyKeeper } from './key-keeper.ts';
import { profileView } from './profiles.ts';
import type { Session } from './session.ts';

type Handlers = Pick<CommandHandlers, keyof SessionCommands>;

export function sessionCommands(
  house: House,
  session: Session,
  parts: { readonly keyKeeper: KeyKeeper; readonly clientName: string },
): Handlers {
  return { ...enrolment(house, session, parts), ...ownAccount(house, session) };
}

type Enrolment = Pick<
  Handlers,
  'signUp' | 'recover' | 'confirmPhrase' | 'signOut' | 'deleteAccount'
>;

function enrolment(
  { origin, platform, client, keys }: House,
  session: Session,
  { keyKeeper, clientName }: { readonly keyKeeper: KeyKeeper; readonly clientName: string },
): Enrolment {
  let enrolling = false;
  /** Keys are kept before the server knows them, so that an interrupted sign-up loses no account. */
  const enrol = async <T>(
    deviceName: string,
    work: (parts: EnrolmentParts) => Promise<T>,
  ): Promise<T> => {
    // What is kept here belongs to somebody: another enrolment, even a failed one, would erase their key.
    if (keys || enrolling) {
      throw new ValidationError('conflict', 'somebody is signed in here, or about to be');
    }
    enrolling = true;
    const connection = new Connection({ origin, platform, clientName, maxFailures: 2 });
    let made: DeviceKeys | undefined;
    const keep = async (device: DeviceKeys) => {
      made = device;
      await keyKeeper.write(device);
    };
    try {
      const result = await work({ call: connection.call, origin, platform, deviceName, keep });
      await session.enter(made);
      return result;
    } catch (error) {
      await keyKeeper.erase();
      throw error;
    } finally {
      enrolling = false;
      connection.close();
    }
  };
  return {
    signUp: ({ name, username, invite, deviceName }) =>
      enrol(deviceName, async (parts) => {
        const signedUp = await signUp({ ...parts, name, username, invite });
        return { recoveryPhrase: signedUp.recoveryPhrase };
      }),
    recover: async ({ phrase, deviceName }) => {
      await enrol(deviceName, (parts) => recover({ ...parts, phrase }));
      // Whoever typed it has it.
      await session.confirmPhrase();
      return null;
    },
    confirmPhrase: async () => {
      await session.confirmPhrase();
      return null;
    },
    signOut: async () => {
      await session.leave();
      return null;
    },
    deleteAccount: async () => {
      const device = requireKeys(keys);
      const { signer } = platform;
      await deleteAccount({ call: client.connection.call, device, origin, signer });
      await session.leave();
      return null;
    },
  };
}

type EnrolmentParts = Parameters<typeof recover>[0] extends infer R
  ? Omit<R & object, 'phrase'>
  : never;

function ownAccount(house: House, session: Session): Omit<Handlers, keyof Enrolment> {
  const { client, platform, store, keys } = house;
  const { call } = client.connection;
  return {
    checkUsername: async ({ username }) => {
      const { available, reason } = await call(AccountsService.method.checkUsername, { username });
      return { available, reason };
    },
    updateProfile: async ({ name, bio, username }) => {
      if (username !== undefined) {
        const chosen = username === '' ? '' : parseUsername(username);
        await call(AccountsService.method.setUsername, { username: chosen });
      }
      if (name !== undefined || bio !== undefined) {
        const change = { ...(name !== undefined && { name }), ...(bio !== undefined && { bio }) };
        await call(AccountsService.method.updateProfile, change);
      }
      await session.refreshMe();
      return null;
    },
    setAvatar: async ({ picture }) => {
      const avatarMediaId = picture ? await uploadPicture(house, picture) : '';
      const { profile } = await call(AccountsService.method.updateProfile, { avatarMediaId });
      if (profile) await session.know(profileView(profile));
      return null;
    },
    listDevices: async () => {
      const { accountId, deviceId: own } = requireKeys(keys);
      const devices = await listDevices({ call, records: store.records }, accountId);
      return devices
        .filter(({ revoked }) => !revoked)
        .map(({ deviceId, name, createdAt }) => ({
          deviceId,
          name,
          addedAt: createdAt,
          current: deviceId === own,
        }));
    },
    revokeDevice: async ({ deviceId }) => {
      const context = { call, records: store.records, platform };
      await revokeDevice(context, requireKeys(keys), deviceId);
      return null;
    },
    createSignUpInvite: async () => {
      const { code, expiresAt } = await call(AccountsService.method.createSignUpInvite, {});
      return { code, expiresAt: expiresAt ? Number(expiresAt.seconds) * 1_000 : 0 };
    },
  };
}

function requireKeys(keys: DeviceKeys | undefined): DeviceKeys {
  if (keys) return keys;
  throw new VerificationError('unauthenticated', 'nobody is signed in');
}
