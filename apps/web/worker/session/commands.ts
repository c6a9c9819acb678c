import { deleteAccount, recoveryWords } from '@heliogram/client';
import { AccountsService, username as parseUsername } from '@heliogram/protocol';
import type { SessionCommands } from '../../bridge/contract/session.ts';
import type { CommandHandlers } from '../hub/handlers.ts';
import { uploadPicture } from '../publishing/pictures.ts';
import { soon } from '../soon.ts';
import { requireKeys } from './account-keys.ts';
import { type EnrolmentParts, Enrolments } from './enrolment.ts';
import type { House } from './house.ts';
import { deviceListCommands } from './own-devices.ts';
import { profileView } from './profiles.ts';
import type { Session } from './session.ts';

type Handlers = Pick<CommandHandlers, keyof SessionCommands>;

export function sessionCommands(house: House, session: Session, parts: EnrolmentParts): Handlers {
  return {
    ...comingAndGoing(house, session, parts),
    ...ownAccount(house, session),
    ...deviceListCommands(house, session),
  };
}

type Passages =
  | 'signUp'
  | 'recover'
  | 'recoveryWords'
  | 'confirmPhrase'
  | 'signOut'
  | 'deleteAccount';

function comingAndGoing(
  house: House,
  session: Session,
  parts: EnrolmentParts,
): Pick<Handlers, Passages> {
  const { origin, platform, client, keys } = house;
  const enrolments = new Enrolments(house, session, parts);
  return {
    signUp: (account) => enrolments.signUp(account),
    recover: async ({ phrase, deviceName }) => {
      await enrolments.recover(phrase, deviceName);
      // Whoever typed it has it.
      await session.confirmPhrase();
      return null;
    },
    recoveryWords: async () => recoveryWords,
    confirmPhrase: async () => {
      await session.confirmPhrase();
      return null;
    },
    signOut: async () => ({ removed: await session.signOut() }),
    deleteAccount: async () => {
      const device = requireKeys(keys);
      const { signer } = platform;
      await deleteAccount({ call: client.connection.call, device, origin, signer });
      await session.leave();
      return null;
    },
  };
}

function ownAccount(
  house: House,
  session: Session,
): Omit<Handlers, Passages | keyof ReturnType<typeof deviceListCommands>> {
  const call = soon(house);
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
    createSignUpInvite: async () => {
      const { code, expiresAt } = await call(AccountsService.method.createSignUpInvite, {});
      return { code, expiresAt: expiresAt ? Number(expiresAt.seconds) * 1_000 : 0 };
    },
  };
}
