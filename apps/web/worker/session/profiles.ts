import type { Profile } from '@heliogram/protocol';
import type { ProfileView } from '../../bridge/contract/session.ts';
import { avatarOf } from '../media-paths.ts';

export function profileView(profile: Profile): ProfileView {
  const { accountId, name, username, bio } = profile;
  return { accountId, name, username, bio, ...avatarOf(profile) };
}
