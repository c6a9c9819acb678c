import { joinRequests } from '@heliogram/client';
import { ChannelsService, accountId as parseAccountId, UsageError } from '@heliogram/protocol';
import type { CommandContext } from '../arguments/command.ts';
import { printable } from '../output/terminal-text.ts';
import { conversationOf } from '../session/chat-reference.ts';
import { withSession } from '../session/session.ts';
import { profileJson } from './profile-json.ts';

export async function channelRequestsCommand(context: CommandContext): Promise<void> {
  const decision = context.args.optionalWord('accept|refuse');
  if (decision === undefined) return list(context);
  if (decision !== 'accept' && decision !== 'refuse') {
    throw new UsageError(`use accept or refuse, not “${decision}”`);
  }
  return decide(context, decision === 'accept');
}

async function list(context: CommandContext): Promise<void> {
  const accounts = await withSession(context, async (session) => {
    const conversationId = await conversationOf(session, context.args.word('CHAT'));
    return joinRequests(session.call, conversationId);
  });
  context.out.list(accounts, {
    json: profileJson,
    columns: [
      { title: 'NAME', text: ({ name }) => printable(name) },
      { title: 'USERNAME', text: ({ username }) => (username ? `@${username}` : '') },
      { title: 'ACCOUNT', text: ({ accountId }) => accountId },
    ],
    empty: 'Nobody waits.',
  });
}

async function decide(context: CommandContext, accept: boolean): Promise<void> {
  const given = context.args.optionalWord('ACCOUNT');
  if (given === undefined)
    throw new UsageError(
      'give the account id of the request, from “heliogram channel requests CHAT”',
    );
  const accountId = parseAccountId(given);
  await withSession(context, async (session) => {
    const conversationId = await conversationOf(session, context.args.word('CHAT'));
    const request = { conversationId, accountId, accept };
    await session.call(ChannelsService.method.decideJoinRequest, request);
  });
  context.out.done(accept ? 'Let in.' : 'Refused.');
}
