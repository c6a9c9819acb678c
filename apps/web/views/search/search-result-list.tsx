import type { ReactNode } from 'react';
import type { ChannelCard, ChatRow, PostHitView } from '../../bridge/contract/chats.ts';
import type { ProfileView } from '../../bridge/contract/session.ts';
import { Avatar } from '../../design/avatar.tsx';
import { Banner } from '../../design/banner.tsx';
import { Button } from '../../design/button.tsx';
import { EmptyState } from '../../design/empty-state.tsx';
import { SearchIcon } from '../../design/icons/navigation.tsx';
import { ListRowLink } from '../../design/list-row.tsx';
import { RowSkeleton } from '../../design/skeleton.tsx';
import { fill } from '../../language/fill.ts';
import { useFormats, useTexts } from '../../language/language.tsx';
import { useWatch } from '../../view-models/app.tsx';
import { useNow } from '../../view-models/clock.ts';
import { placeLink } from '../../view-models/place.ts';
import type { SearchState } from '../../view-models/search.ts';
import { hitKey, snippetPieces } from '../../view-models/search-matches.ts';

export interface Found {
  readonly chats: readonly ChatRow[];
  readonly channels: readonly ChannelCard[];
  readonly people: readonly ProfileView[];
  readonly posts: readonly PostHitView[];
}

interface SearchResultListProps {
  readonly query: string;
  readonly found: Found;
  readonly state: SearchState;
}

/** What was found, one's own first. */
export function SearchResultList({ query, found, state }: SearchResultListProps) {
  const { search } = useTexts();
  const { chats, channels, people, posts } = found;
  const nothing = chats.length + channels.length + people.length + posts.length === 0;
  if (nothing && state.failed) return <Banner tone="danger" title={state.failed.text} />;
  if (nothing && state.searching) return <Waiting />;
  if (nothing) {
    return (
      <EmptyState icon={<SearchIcon size="xl" />} title={fill(search.nothing, query.trim())}>
        {search.nothingNote}
      </EmptyState>
    );
  }
  return (
    <>
      <Section title={search.chats} items={chats}>
        {(chat) => <ChatHit key={chat.conversationId} chat={chat} />}
      </Section>
      <Section title={search.channels} items={channels}>
        {(channel) => <ChannelHit key={channel.conversationId} channel={channel} />}
      </Section>
      <Section title={search.people} items={people}>
        {(person) => <PersonHit key={person.accountId} person={person} />}
      </Section>
      <Section title={search.posts} items={posts}>
        {(hit) => <PostHit key={hitKey(hit)} hit={hit} />}
      </Section>
      {state.results?.morePosts ? (
        <Button className="search-more" busy={state.loadingMore} onClick={state.more}>
          {search.more}
        </Button>
      ) : null}
    </>
  );
}

interface SectionProps<Item> {
  readonly title: string;
  readonly items: readonly Item[];
  readonly children: (item: Item) => ReactNode;
}

function Section<Item>({ title, items, children }: SectionProps<Item>) {
  if (items.length === 0) return null;
  return (
    <section className="search-section" aria-label={title}>
      <h2>{title}</h2>
      {items.map(children)}
    </section>
  );
}

function ChatHit({ chat }: { readonly chat: ChatRow }) {
  const { conversationId, title, username, avatarUrl } = chat;
  return (
    <ListRowLink
      density="compact"
      href={placeLink({ at: 'chat', conversationId })}
      leading={<Avatar id={conversationId} name={title} src={avatarUrl} shape="tile" />}
      title={title}
      preview={username === '' ? null : <bdi>@{username}</bdi>}
    />
  );
}

function ChannelHit({ channel }: { readonly channel: ChannelCard }) {
  const { search } = useTexts();
  const formats = useFormats();
  const { conversationId, title, username, avatarUrl, subscribers } = channel;
  const count = formats.plural(subscribers, search.subscribers);
  return (
    <ListRowLink
      href={placeLink(username === '' ? { at: 'chat', conversationId } : { at: 'name', username })}
      leading={<Avatar id={conversationId} name={title} src={avatarUrl} size="l" shape="tile" />}
      title={title}
      preview={
        username === '' ? (
          count
        ) : (
          <>
            <bdi>@{username}</bdi> · {count}
          </>
        )
      }
    />
  );
}

function PersonHit({ person }: { readonly person: ProfileView }) {
  const { accountId, name, username, avatarUrl } = person;
  return (
    <ListRowLink
      density="compact"
      href={placeLink({ at: 'name', username })}
      leading={<Avatar id={accountId} name={name} src={avatarUrl} />}
      title={name}
      preview={<bdi>@{username}</bdi>}
    />
  );
}

function PostHit({ hit }: { readonly hit: PostHitView }) {
  const formats = useFormats();
  const now = useNow();
  const { conversationId, seq, title, at } = hit;
  const known = useWatch('chats', null)?.chats.find(
    (chat) => chat.conversationId === conversationId,
  );
  return (
    <ListRowLink
      className="search-hit"
      href={placeLink({ at: 'chat', conversationId, seq })}
      leading={
        <Avatar id={conversationId} name={title} src={known?.avatarUrl} size="m" shape="tile" />
      }
      title={title}
      meta={formats.brief(at, now)}
      wraps
      preview={snippetPieces(hit).map((piece) =>
        piece.found ? <mark key={piece.at}>{piece.text}</mark> : piece.text,
      )}
    />
  );
}

function Waiting() {
  const { app } = useTexts();
  return (
    <div role="status" aria-busy="true" aria-label={app.loading}>
      <RowSkeleton />
      <RowSkeleton />
      <RowSkeleton />
    </div>
  );
}
