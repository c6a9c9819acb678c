import { msOf, timestampOf } from '@heliogram/client';
import { ChannelsService, InternalError, type Invite, ValidationError } from '@heliogram/protocol';
import type { CommandContext } from '../arguments/command.ts';
import { isoTime, shortTime } from '../output/output.ts';
import { conversationOf, inviteLink, inviteToken } from '../session/chat-reference.ts';
import { type Session, withSession } from '../session/session.ts';

export async function inviteCreateCommand(context: CommandContext): Promise<void> {
  const { args, out } = context;
  const expires = args.time('expires');
  const useLimit = args.number('uses', { min: 1, max: 1_000_000 }) ?? 0;
  const json = await withSession(context, async (session) => {
    const { invite } = await session.call(ChannelsService.method.createInvite, {
      conversationId: await conversationOf(session, args.word('CHAT')),
      useLimit,
      approval: args.on('approval'),
      ...(expires !== undefined && { expiresAt: timestampOf(expires) }),
    });
    if (!invite)
      throw new InternalError('the server created the invite link but did not return it');
    return inviteJson(invite, session.device.origin);
  });
  out.result(json, () => json.inviteLink);
}

export async function inviteListCommand(context: CommandContext): Promise<void> {
  const { invites, origin } = await withSession(context, async (session) => {
    const conversationId = await conversationOf(session, context.args.word('CHAT'));
    const listed = await session.call(ChannelsService.method.listInvites, { conversationId });
    return { invites: listed.invites, origin: session.device.origin };
  });
  context.out.list(invites, {
    json: (invite) => inviteJson(invite, origin),
    columns: [
      { title: 'LINK', text: ({ token }) => inviteLink(origin, token) },
      {
        title: 'USES',
        text: ({ uses, useLimit }) => (useLimit > 0 ? `${uses}/${useLimit}` : String(uses)),
        align: 'right',
      },
      {
        title: 'EXPIRES',
        text: ({ expiresAt }) => (expiresAt ? shortTime(msOf(expiresAt)) : 'never'),
      },
      { title: '', text: ({ approval }) => (approval ? 'needs approval' : '') },
    ],
    empty: 'No invite links yet.',
  });
}

export async function inviteRevokeCommand(context: CommandContext): Promise<void> {
  const { args, out } = context;
  await withSession(context, async (session) => {
    const conversationId = await conversationOf(session, args.word('CHAT'));
    const inviteId = await inviteIdOf(session, conversationId, args.word('ID|LINK'));
    await session.call(ChannelsService.method.revokeInvite, { conversationId, inviteId });
  });
  out.done('Invite link revoked.');
}

async function inviteIdOf(
  { call, device }: Session,
  conversationId: string,
  reference: string,
): Promise<string> {
  const token = inviteToken(reference, device.origin);
  if (token === undefined) return reference;
  const { invites } = await call(ChannelsService.method.listInvites, { conversationId });
  const invite = invites.find((each) => each.token === token);
  if (!invite) throw new ValidationError('not_found', 'the channel has no such invite link');
  return invite.inviteId;
}

function inviteJson(invite: Invite, origin: string) {
  const { inviteId, token, createdAt, expiresAt, useLimit, uses, approval } = invite;
  return {
    inviteId,
    inviteLink: inviteLink(origin, token),
    createdAt: isoTime(msOf(createdAt)),
    ...(expiresAt && { expiresAt: isoTime(msOf(expiresAt)) }),
    ...(useLimit > 0 && { useLimit }),
    uses,
    approval,
  };
}
