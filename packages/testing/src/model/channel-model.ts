import { Maybe } from './maybe.ts';

export type ChannelFacts = {
  readonly conversationId: string;
  readonly owner: string;
  readonly listed: boolean;
  readonly inviteToken: string;
  readonly nowMs: number;
};

export type ChannelFace = { readonly description: string; readonly forbidReactions: boolean };

export type RedactionAsked = {
  /** When it was asked for first. */
  readonly askedAtMs: number;
  readonly acknowledged: boolean;
};

/** One channel as the requests and answers of everybody make it out to be. */
export class ChannelModel {
  readonly conversationId: string;
  /** Name of the owner's device. */
  readonly owner: string;
  readonly listed: boolean;
  /** Of an unlisted channel. */
  readonly inviteToken: string;
  /** Not taken down. */
  readonly standing: Maybe;
  /** By name: in it, so that an unlisted channel shows itself. */
  readonly members = new Map<string, Maybe>();
  /** By name: may write. */
  readonly writers = new Map<string, Maybe>();
  readonly followers = new Set<string>();
  readonly admins = new Set<string>();
  /** By name: read up to here. */
  readonly marks = new Map<string, number>();
  /** By seq; marks that passed it. */
  readonly views = new Map<number, number>();
  /** By seq, then name. */
  readonly reactions = new Map<number, Map<string, string>>();
  /** By seq of what was to go. */
  readonly redactions = new Map<number, RedactionAsked>();
  /** Of an unlisted channel, once it is made: lets nobody in without leave. */
  approvalToken = '';
  /** By name: waits to be let in. */
  readonly requests = new Set<string>();
  /** Readers may react. */
  readonly reacting: Maybe;
  /** What the owner last said of it; undefined while nobody can know. */
  face: ChannelFace | undefined = { description: '', forbidReactions: false };
  /** A mark whose fate nobody can know any more was refused: views are not exact. */
  viewsUnsure = false;

  constructor(facts: ChannelFacts) {
    this.conversationId = facts.conversationId;
    this.owner = facts.owner;
    this.listed = facts.listed;
    this.inviteToken = facts.inviteToken;
    this.standing = new Maybe(facts.nowMs);
    this.reacting = new Maybe(facts.nowMs);
    this.membership(facts.owner).begin(facts.nowMs);
    this.writing(facts.owner).begin(facts.nowMs);
  }

  membership(name: string): Maybe {
    return entryOf(this.members, name, () => new Maybe());
  }

  writing(name: string): Maybe {
    return entryOf(this.writers, name, () => new Maybe());
  }

  /** Whether `name` (undefined: nobody signed in) may have been allowed to read between the two times. */
  readableWithin(name: string | undefined, fromMs: number, toMs: number): boolean {
    if (!this.standing.within(fromMs, toMs)) return false;
    return this.listed || (name !== undefined && this.membership(name).within(fromMs, toMs));
  }

  /** An acknowledged mark: a view for every seq that it passes first. */
  mark(name: string, seq: number): void {
    const known = this.marks.get(name) ?? 0;
    for (let passed = known + 1; passed <= seq; passed++) {
      this.views.set(passed, (this.views.get(passed) ?? 0) + 1);
    }
    this.marks.set(name, Math.max(known, seq));
  }

  react(name: string, seq: number, emoji: string): void {
    const given = entryOf(this.reactions, seq, () => new Map<string, string>());
    if (emoji === '') given.delete(name);
    else given.set(name, emoji);
  }

  /** Whoever leaves is forgotten, views and read mark apart. */
  left(name: string, nowMs: number): void {
    this.followers.delete(name);
    this.admins.delete(name);
    this.requests.delete(name);
    this.membership(name).end(nowMs);
    this.writing(name).end(nowMs);
  }

  /** The account is deleted: nothing ties it to this any more, but the posts that it left. */
  departed(name: string, nowMs: number): void {
    this.left(name, nowMs);
    this.marks.delete(name);
    for (const given of this.reactions.values()) given.delete(name);
  }
}

function entryOf<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
