import { useEffect } from 'react';
import { Button, ButtonLink } from '../../design/button.tsx';
import { EmptyState } from '../../design/empty-state.tsx';
import { AtIcon } from '../../design/icons/people.tsx';
import { OfflineIcon } from '../../design/icons/state.tsx';
import { fill } from '../../language/fill.ts';
import { useTexts } from '../../language/language.tsx';
import { placeLink } from '../../view-models/place.ts';
import { useNamed } from '../../view-models/resolving.ts';
import { PersonCard } from '../person/person-card.tsx';
import { ChannelPlace, preloadChannelScreen } from './channel-place.tsx';
import { Coming } from './coming.tsx';

interface NamedPlaceProps {
  readonly username: string;
  readonly seq: number | undefined;
}

/** What a username leads to. */
export function NamedPlace({ username, seq }: NamedPlaceProps) {
  const { app, shell, errors } = useTexts();
  const { value, failed, reload } = useNamed(username);
  // Most names are those of channels.
  useEffect(preloadChannelScreen, []);
  if (value?.kind === 'channel') {
    return (
      <ChannelPlace
        conversationId={value.conversationId}
        seq={seq}
        coming={<Coming username={username} />}
      />
    );
  }
  if (value?.kind === 'account') {
    return (
      <div className="pane-fill">
        <div className="pane-stack">
          <PersonCard profile={value.profile} level={1} />
          <ButtonLink href={placeLink({ at: 'chats' })}>{app.back}</ButtonLink>
        </div>
      </div>
    );
  }
  if (value?.kind === 'nobody') {
    return (
      <div className="pane-fill">
        <EmptyState
          icon={<AtIcon size="xl" />}
          level={1}
          title={fill(shell.nobody, username)}
          actions={<ButtonLink href={placeLink({ at: 'directory' })}>{shell.browse}</ButtonLink>}
        >
          {shell.nobodyNote}
        </EmptyState>
      </div>
    );
  }
  if (!failed) return <Coming username={username} />;
  return (
    <div className="pane-fill">
      <EmptyState
        icon={<OfflineIcon size="xl" />}
        level={1}
        title={errors.title}
        actions={
          <>
            <Button onClick={reload}>{app.retry}</Button>
            <ButtonLink kind="plain" href={placeLink({ at: 'chats' })}>
              {app.back}
            </ButtonLink>
          </>
        }
      >
        {failed.text}
      </EmptyState>
    </div>
  );
}
