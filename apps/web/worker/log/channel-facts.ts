import { fromBinary, toBinary } from '@bufbuild/protobuf';
import { asHeliogramError } from '@heliogram/client';
import {
  type AdminRights,
  type Channel,
  ChannelSchema,
  ChannelsService,
} from '@heliogram/protocol';
import type { ChannelFacts, ChannelView, Rights } from '../../bridge/contract/log.ts';
import { Changes } from '../changes.ts';
import { failureView } from '../failure.ts';
import { avatarOf } from '../media-paths.ts';
import { previewOf } from '../previews.ts';
import { roleOf } from '../roles.ts';
import type { House } from '../session/house.ts';
import { soon } from '../soon.ts';
import { readListed } from './listed.ts';
import { OwnReactions } from './own-reactions.ts';

/** A channel's facts, from the store first, then as the server tells them. */
export class ChannelRoom {
  readonly changes = new Changes();
  readonly conversationId: string;
  readonly reactions: OwnReactions;
  readonly #house: House;
  #channel: Channel | undefined;
  #view: ChannelView | undefined;

  constructor(house: House, conversationId: string) {
    this.#house = house;
    this.conversationId = conversationId;
    this.reactions = new OwnReactions(house, conversationId);
  }

  /** Undefined until it is known. */
  get view(): ChannelView | undefined {
    return this.#view;
  }

  get channel(): Channel | undefined {
    return this.#channel;
  }

  isPinned(seq: number): boolean {
    return this.#channel?.pinnedSeqs.includes(seq) ?? false;
  }

  async load(): Promise<void> {
    const [cached] = await this.#house.store.chats.get([this.conversationId]);
    if (cached?.channel && !this.#channel) {
      await this.#show(fromBinary(ChannelSchema, cached.channel), true);
    }
    await this.refresh();
  }

  async refresh(): Promise<void> {
    const ref = { case: 'conversationId', value: this.conversationId } as const;
    try {
      const { channel } = await soon(this.#house)(ChannelsService.method.getChannel, { ref });
      if (channel) await this.know(channel);
    } catch (error) {
      this.#failed(error);
    }
  }

  /** What the server says of the channel now. */
  async know(channel: Channel): Promise<void> {
    // What a visitor is told says nothing of the place that the account has in it.
    if (this.#house.reading.asVisitor)
      return this.#show(withPlaceOf(this.#channel, channel), false);
    const shown = this.#show(channel, false);
    const bytes = toBinary(ChannelSchema, channel);
    await this.#house.store.chats.put([{ conversationId: this.conversationId, channel: bytes }]);
    await shown;
  }

  async #show(channel: Channel, stale: boolean): Promise<void> {
    this.#channel = channel;
    const { pinned } = this.#view?.state === 'ready' ? this.#view.channel : { pinned: [] };
    this.#view = { state: 'ready', channel: { ...this.#facts(channel), pinned }, stale };
    this.changes.tell();
    const pins = await this.#pins(channel).catch(() => undefined);
    if (!pins || this.#channel !== channel) return;
    this.#view = { state: 'ready', channel: { ...this.#facts(channel), pinned: pins }, stale };
    this.changes.tell();
  }

  /** Whom the server does not let in may do what a visitor may. */
  #facts(channel: Channel): Omit<ChannelFacts, 'pinned'> {
    const facts = factsOf(channel);
    return this.#house.reading.asVisitor ? { ...facts, role: 'none', rights: none } : facts;
  }

  async #pins({ conversationId, pinnedSeqs }: Channel): Promise<ChannelFacts['pinned']> {
    const call = soon(this.#house);
    const entries = await Promise.all(
      pinnedSeqs.map((seq) => readListed(call, conversationId, seq)),
    );
    return entries
      .flatMap((entry) =>
        entry ? [{ seq: entry.seq, preview: previewOf(conversationId, entry) }] : [],
      )
      .reverse();
  }

  #failed(error: unknown): void {
    const { reading } = this.#house;
    if (this.#channel && reading.asVisitor) return void this.#show(this.#channel, true);
    if (this.#channel && asHeliogramError(error).retry) return;
    this.#view = { state: 'failed', failure: failureView(reading.reason(error)) };
    this.changes.tell();
  }
}

function withPlaceOf(known: Channel | undefined, told: Channel): Channel {
  if (!known) return told;
  const { role, muted } = known;
  return { ...told, role, muted, ...(known.rights && { rights: known.rights }) };
}

const all: Rights = { post: true, edit: true, delete: true, invite: true, manage: true };
const none: Rights = { post: false, edit: false, delete: false, invite: false, manage: false };

function factsOf(channel: Channel): Omit<ChannelFacts, 'pinned'> {
  const { conversationId, title, username, description, subscribers, posts, muted } = channel;
  const { unlisted, forbidForwarding, signPosts, noIndex, forbidReactions } = {
    ...channel.settings,
  };
  const role = roleOf(channel.role);
  return {
    conversationId,
    title,
    username,
    description,
    ...avatarOf(channel),
    createdAt: channel.createdAt ? Number(channel.createdAt.seconds) * 1_000 : 0,
    subscribers,
    posts,
    role,
    rights: role === 'owner' ? all : rightsOf(channel.rights),
    muted,
    settings: {
      unlisted: unlisted ?? false,
      forbidForwarding: forbidForwarding ?? false,
      signPosts: signPosts ?? false,
      noIndex: noIndex ?? false,
      forbidReactions: forbidReactions ?? false,
    },
    ...(channel.takenDownReason !== '' && { takenDownReason: channel.takenDownReason }),
  };
}

export function rightsOf(rights: AdminRights | undefined): Rights {
  if (!rights) return none;
  const { post, edit, delete: remove, invite, manage } = rights;
  return { post, edit, delete: remove, invite, manage };
}
