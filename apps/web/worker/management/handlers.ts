import { timestampOf } from '@heliogram/client';
import { ChannelsService, type Invite, username as parseUsername } from '@heliogram/protocol';
import type { InviteView, ManagementCommands } from '../../bridge/contract/management.ts';
import type { CommandHandlers } from '../hub/handlers.ts';
import { rightsOf } from '../log/channel-facts.ts';
import { uploadPicture } from '../publishing/pictures.ts';
import type { House } from '../session/house.ts';
import { profileView } from '../session/profiles.ts';
import { soon } from '../soon.ts';

type Commands = Pick<CommandHandlers, keyof ManagementCommands>;

/** `changed`: a channel's facts are others now. */
export function managementCommands(
  house: House,
  changed: (conversationId: string) => void,
): Commands {
  return { ...channels(house, changed), ...invites(house), ...people(house), ...counts(house) };
}

type Channels = 'createChannel' | 'updateChannel' | 'setChannelPicture' | 'deleteChannel';

function channels(
  house: House,
  changed: (conversationId: string) => void,
): Pick<Commands, Channels> {
  const call = soon(house);
  const setPicture = async (conversationId: string, picture: Blob | null) => {
    const avatarMediaId = picture ? await uploadPicture(house, picture) : '';
    await call(ChannelsService.method.updateChannel, { conversationId, avatarMediaId });
  };
  return {
    createChannel: async ({ title, description, username, unlisted, picture }) => {
      const { channel, inviteToken } = await call(ChannelsService.method.createChannel, {
        title,
        description,
        username: username === '' ? '' : parseUsername(username),
        settings: { unlisted },
      });
      const conversationId = channel?.conversationId ?? '';
      // The channel is there: a picture that is refused can be chosen again.
      if (picture) await setPicture(conversationId, picture).catch(() => undefined);
      changed(conversationId);
      if (inviteToken === '') return { conversationId };
      return { conversationId, inviteLink: linkOf(house, inviteToken) };
    },
    updateChannel: async ({ conversationId, username, ...change }) => {
      await call(ChannelsService.method.updateChannel, {
        conversationId,
        ...change,
        ...(username !== undefined && { username: username === '' ? '' : parseUsername(username) }),
      });
      changed(conversationId);
      return null;
    },
    setChannelPicture: async ({ conversationId, picture }) => {
      await setPicture(conversationId, picture);
      changed(conversationId);
      return null;
    },
    deleteChannel: async ({ conversationId }) => {
      await call(ChannelsService.method.deleteChannel, { conversationId });
      changed(conversationId);
      return null;
    },
  };
}

function linkOf({ origin }: House, token: string): string {
  return `${origin}/#+${token}`;
}

function invites(house: House): Pick<Commands, 'listInvites' | 'createInvite' | 'revokeInvite'> {
  const call = soon(house);
  const view = (invite: Invite): InviteView => {
    const { inviteId, token, createdAt, expiresAt, useLimit, uses, approval } = invite;
    return {
      inviteId,
      link: linkOf(house, token),
      createdAt: Number(createdAt?.seconds ?? 0n) * 1_000,
      ...(expiresAt && { expiresAt: Number(expiresAt.seconds) * 1_000 }),
      ...(useLimit > 0 && { useLimit }),
      uses,
      approval,
    };
  };
  return {
    listInvites: async ({ conversationId }) => {
      const answer = await call(ChannelsService.method.listInvites, { conversationId });
      return answer.invites.map(view);
    },
    createInvite: async ({ conversationId, expiresAt, useLimit = 0, approval }) => {
      const request = { conversationId, useLimit, approval };
      const { invite } = await call(ChannelsService.method.createInvite, {
        ...request,
        ...(expiresAt !== undefined && { expiresAt: timestampOf(expiresAt) }),
      });
      if (!invite) throw new Error('the server answered without an invite');
      return view(invite);
    },
    revokeInvite: async ({ conversationId, inviteId }) => {
      await call(ChannelsService.method.revokeInvite, { conversationId, inviteId });
      return null;
    },
  };
}

type People = 'listJoinRequests' | 'decideJoinRequest' | 'listAdmins' | 'setAdmin' | 'removeAdmin';

function people(house: House): Pick<Commands, People> {
  const call = soon(house);
  return {
    listJoinRequests: async (request) => {
      const page = await call(ChannelsService.method.listJoinRequests, request);
      return { people: page.accounts.map(profileView), next: page.more ? page.cursor : '' };
    },
    decideJoinRequest: async (decision) => {
      await call(ChannelsService.method.decideJoinRequest, decision);
      return null;
    },
    listAdmins: async ({ conversationId }) => {
      const { admins } = await call(ChannelsService.method.listAdmins, { conversationId });
      return admins.flatMap(({ profile, rights, owner }) =>
        profile ? [{ profile: profileView(profile), rights: rightsOf(rights), owner }] : [],
      );
    },
    setAdmin: async (admin) => {
      await call(ChannelsService.method.setAdmin, admin);
      return null;
    },
    removeAdmin: async (admin) => {
      await call(ChannelsService.method.removeAdmin, admin);
      return null;
    },
  };
}

function counts(house: House): Pick<Commands, 'statistics'> {
  const call = soon(house);
  return {
    statistics: async ({ conversationId, days }) => {
      const answer = await call(ChannelsService.method.getStatistics, { conversationId, days });
      return answer.days.map(({ day, followed, left, posts, views }) => {
        return { day, followed, left, posts, views };
      });
    },
  };
}
