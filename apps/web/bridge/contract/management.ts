/** What owners and admins do with a channel. */
import type { ChannelSettingsView, Rights } from './log.ts';
import type { ProfileView } from './session.ts';

export interface InviteView {
  readonly inviteId: string;
  /** Opens the channel for whoever holds it. */
  readonly link: string;
  readonly createdAt: number;
  readonly expiresAt?: number;
  /** Absent: no limit. */
  readonly useLimit?: number;
  readonly uses: number;
  readonly approval: boolean;
}

export interface JoinRequestsPage {
  readonly people: readonly ProfileView[];
  /** Where the next page begins; empty: this is the last one. */
  readonly next: string;
}

export interface AdminView {
  readonly profile: ProfileView;
  readonly rights: Rights;
  readonly owner: boolean;
}

/** Counts of one day, UTC. */
export interface DayView {
  /** `2026-11-26`. */
  readonly day: string;
  readonly followed: number;
  readonly left: number;
  readonly posts: number;
  readonly views: number;
}

type OfChannel = { readonly conversationId: string };

export interface ManagementCommands {
  readonly createChannel: {
    readonly args: {
      readonly title: string;
      readonly description: string;
      /** Empty: none. */
      readonly username: string;
      readonly unlisted: boolean;
      readonly picture?: Blob;
    };
    readonly result: {
      readonly conversationId: string;
      /** Of an unlisted channel. */
      readonly inviteLink?: string;
    };
  };
  readonly updateChannel: {
    readonly args: OfChannel & {
      readonly title?: string;
      readonly description?: string;
      /** Empty releases the name. */
      readonly username?: string;
      readonly settings?: ChannelSettingsView;
    };
    readonly result: null;
  };
  /** `null` takes the picture away. */
  readonly setChannelPicture: {
    readonly args: OfChannel & { readonly picture: Blob | null };
    readonly result: null;
  };
  readonly deleteChannel: { readonly args: OfChannel; readonly result: null };
  readonly listInvites: { readonly args: OfChannel; readonly result: readonly InviteView[] };
  readonly createInvite: {
    readonly args: OfChannel & {
      readonly expiresAt?: number;
      readonly useLimit?: number;
      readonly approval: boolean;
    };
    readonly result: InviteView;
  };
  readonly revokeInvite: {
    readonly args: OfChannel & { readonly inviteId: string };
    readonly result: null;
  };
  /** A page, oldest first: `after` is the cursor of the page before, empty for the first. */
  readonly listJoinRequests: {
    readonly args: OfChannel & { readonly after: string };
    readonly result: JoinRequestsPage;
  };
  readonly decideJoinRequest: {
    readonly args: OfChannel & { readonly accountId: string; readonly accept: boolean };
    readonly result: null;
  };
  readonly listAdmins: { readonly args: OfChannel; readonly result: readonly AdminView[] };
  readonly setAdmin: {
    readonly args: OfChannel & { readonly accountId: string; readonly rights: Rights };
    readonly result: null;
  };
  readonly removeAdmin: {
    readonly args: OfChannel & { readonly accountId: string };
    readonly result: null;
  };
  /** Oldest day first. */
  readonly statistics: {
    readonly args: OfChannel & { readonly days: number };
    readonly result: readonly DayView[];
  };
}
