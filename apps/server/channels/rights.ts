import type { AdminRights } from '@heliogram/protocol';

/** Bits of `memberships.rights`. */
export const RIGHT = { post: 1, edit: 2, delete: 4, invite: 8, manage: 16 } as const;

export type Right = keyof typeof RIGHT;

export const ALL_RIGHTS = 31;
export const NO_RIGHTS = 0;

/** Values of `memberships.role`. */
export const ROLE = { subscriber: 1, admin: 2, owner: 3 } as const;

export type RightFlags = Pick<AdminRights, Right>;

export function rightsToBits(rights: RightFlags): number {
  return RIGHT_NAMES.reduce((bits, name) => (rights[name] ? bits | RIGHT[name] : bits), NO_RIGHTS);
}

export function rightsFromBits(bits: number): RightFlags {
  return {
    post: hasRight(bits, 'post'),
    edit: hasRight(bits, 'edit'),
    delete: hasRight(bits, 'delete'),
    invite: hasRight(bits, 'invite'),
    manage: hasRight(bits, 'manage'),
  };
}

export function hasRight(bits: number, right: Right): boolean {
  return (bits & RIGHT[right]) !== 0;
}

const RIGHT_NAMES = ['post', 'edit', 'delete', 'invite', 'manage'] as const satisfies Right[];
