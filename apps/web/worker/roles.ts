import type { Role } from '../bridge/contract/chats.ts';

const roles: readonly string[] = ['owner', 'admin', 'subscriber', 'requested'] satisfies Role[];

/** The contract says a role in words; one of a later version counts as none. */
export function roleOf(text: string): Role {
  return roles.includes(text) ? (text as Role) : 'none';
}
