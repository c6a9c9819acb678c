import type { ChannelSettings } from '@heliogram/protocol';
import { UsageError } from '@heliogram/protocol';
import type { Arguments } from '../arguments/arguments.ts';

export type SettingValues = Pick<
  ChannelSettings,
  'unlisted' | 'forbidForwarding' | 'signPosts' | 'noIndex' | 'forbidReactions'
>;

/** Settings as the flags say; what they do not mention stays as in `before`. Throws `usage`. */
export function settingsFrom(args: Arguments, before: SettingValues): SettingValues {
  const { unlisted, forbidForwarding, signPosts, noIndex, forbidReactions } = before;
  return {
    unlisted: onOff(args, 'unlisted') ?? unlisted,
    signPosts: onOff(args, 'sign-posts') ?? signPosts,
    forbidForwarding: not(onOff(args, 'forwarding')) ?? forbidForwarding,
    forbidReactions: not(onOff(args, 'reactions')) ?? forbidReactions,
    noIndex: not(onOff(args, 'indexing')) ?? noIndex,
  };
}

export const plainSettings: SettingValues = {
  unlisted: false,
  forbidForwarding: false,
  signPosts: false,
  noIndex: false,
  forbidReactions: false,
};

export const settingFlags = ['unlisted', 'sign-posts', 'forwarding', 'reactions', 'indexing'];

function onOff(args: Arguments, flag: string): boolean | undefined {
  const value = args.value(flag);
  if (value === undefined) return undefined;
  if (value === 'on' || value === 'off') return value === 'on';
  throw new UsageError(`--${flag} must be on or off, not “${value}”`);
}

function not(value: boolean | undefined): boolean | undefined {
  return value === undefined ? undefined : !value;
}
