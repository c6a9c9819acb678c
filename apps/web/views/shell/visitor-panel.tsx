import './visitor-panel.css';
import type { SessionView } from '../../bridge/contract/session.ts';
import { ButtonLink, IconButton } from '../../design/button.tsx';
import { SearchIcon } from '../../design/icons/navigation.tsx';
import { CompassIcon } from '../../design/icons/places.tsx';
import { useTexts } from '../../language/language.tsx';
import type { Layout } from '../../view-models/layout.ts';
import { placeLink } from '../../view-models/place.ts';
import { openSearch } from '../../view-models/search-panel.ts';
import { LanguageChoice } from '../welcome/language-choice.tsx';

interface VisitorPanelProps {
  readonly session: SessionView;
  readonly layout: Layout;
}

/** In place of the chats, for whoever reads without an account. */
export function VisitorPanel({ session, layout }: VisitorPanelProps) {
  const { app, search, welcome } = useTexts();
  return (
    <div className="pane" aria-busy={session.phase === 'starting'}>
      <header className="pane-bar">
        <span className="pane-title">
          <a className="visitor-home" href={placeLink({ at: 'chats' })}>
            {app.name}
          </a>
        </span>
        <IconButton label={search.title} onClick={() => openSearch(layout)}>
          <SearchIcon />
        </IconButton>
      </header>
      <div className="visitor-panel">
        <img className="visitor-panel-mark" src="/mark.svg" alt="" width="56" height="56" />
        <h2>{welcome.title}</h2>
        <p>{welcome.law}</p>
        <div className="visitor-panel-buttons">
          <ButtonLink kind="primary" wide href={placeLink({ at: 'sign-up' })}>
            {welcome.createAccount}
          </ButtonLink>
          <ButtonLink wide href={placeLink({ at: 'sign-in' })}>
            {welcome.haveAccount}
          </ButtonLink>
          <ButtonLink
            kind="plain"
            wide
            icon={<CompassIcon />}
            href={placeLink({ at: 'directory' })}
          >
            {welcome.look}
          </ButtonLink>
        </div>
        <LanguageChoice />
      </div>
    </div>
  );
}
