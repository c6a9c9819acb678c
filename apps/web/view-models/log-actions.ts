import type { ChannelFacts, PostView, Rights } from '../bridge/contract/log.ts';

export type PostAction =
  | 'reply'
  | 'react'
  | 'forward'
  | 'copy-text'
  | 'copy-link'
  | 'pin'
  | 'unpin'
  | 'edit'
  | 'delete'
  | 'select';

interface Looker {
  /** Absent: nobody is signed in. */
  readonly accountId: string | undefined;
}

/** Whether the author of a post may change it, its channel's rules aside. */
function isMine(post: PostView, { accountId }: Looker): boolean {
  return accountId !== undefined && post.author?.accountId === accountId;
}

/** What somebody may do with a post, in the order of the menu. */
export function actionsFor(
  post: PostView,
  channel: Pick<ChannelFacts, 'rights' | 'role' | 'settings' | 'takenDownReason'>,
  looker: Looker,
): readonly PostAction[] {
  if (post.deleted || post.note) return [];
  if (post.takenDownReason !== undefined) return mayDelete(post, channel.rights, looker);
  const { rights, settings } = channel;
  const inside = looker.accountId !== undefined && isInside(channel.role);
  const actions: (PostAction | false)[] = [
    rights.post && 'reply',
    inside && !settings.forbidReactions && 'react',
    looker.accountId !== undefined && !settings.forbidForwarding && !post.unsupported && 'forward',
    post.text !== '' && !settings.forbidForwarding && 'copy-text',
    'copy-link',
    rights.edit && (post.pinned ? 'unpin' : 'pin'),
    mayEdit(post, rights, looker) && 'edit',
    ...mayDelete(post, rights, looker),
    looker.accountId !== undefined && 'select',
  ];
  return actions.filter((action) => action !== false);
}

function isInside(role: ChannelFacts['role']): boolean {
  return role === 'owner' || role === 'admin' || role === 'subscriber';
}

function mayEdit(post: PostView, rights: Rights, looker: Looker): boolean {
  if (post.unsupported || post.forwardedFrom) return false;
  return rights.edit || (rights.post && isMine(post, looker));
}

function mayDelete(post: PostView, rights: Rights, looker: Looker): PostAction[] {
  return rights.delete || (rights.post && isMine(post, looker)) ? ['delete'] : [];
}

/** What may be done with all of the selected posts at once. */
export function actionsForAll(
  posts: readonly PostView[],
  channel: Parameters<typeof actionsFor>[1],
  looker: Looker,
): ReadonlySet<PostAction> {
  const several: readonly PostAction[] = ['forward', 'copy-text', 'delete'];
  const each = posts.map((post) => new Set(actionsFor(post, channel, looker)));
  if (each.length === 0) return new Set();
  const some = each.some((actions) => actions.has('copy-text'));
  return new Set(
    several.filter((action) =>
      action === 'copy-text' ? some : each.every((actions) => actions.has(action)),
    ),
  );
}
