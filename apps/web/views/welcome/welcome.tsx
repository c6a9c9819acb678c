import './stage.css';
import './welcome.css';
import type { SessionView } from '../../bridge/contract/session.ts';
import { ButtonLink } from '../../design/button.tsx';
import { CompassIcon } from '../../design/icons/places.tsx';
import { useTexts } from '../../language/language.tsx';
import { placeLink } from '../../view-models/place.ts';
import { Banners } from '../shell/banners.tsx';
import { LanguageChoice } from './language-choice.tsx';

/** What a stranger sees first. It says nothing that the worker would have to know. */
export function Welcome({ session }: { readonly session: SessionView }) {
  const { app, welcome } = useTexts();
  return (
    <div className="welcome" data-mood="sun">
      <header className="stage-bar">
        <span className="stage-brand">{app.name}</span>
        <LanguageChoice />
      </header>
      <main className="welcome-main">
        <div className="welcome-body">
          <img className="welcome-mark" src="/mark.svg" alt="" width="80" height="80" />
          <h1>{welcome.title}</h1>
          <div className="welcome-what">
            <p>{welcome.what}</p>
            <p>{welcome.law}</p>
          </div>
          <div className="welcome-buttons">
            <ButtonLink kind="primary" size="l" href={placeLink({ at: 'sign-up' })}>
              {welcome.createAccount}
            </ButtonLink>
            <ButtonLink size="l" href={placeLink({ at: 'sign-in' })}>
              {welcome.haveAccount}
            </ButtonLink>
          </div>
          <p className="welcome-look">
            <ButtonLink kind="plain" icon={<CompassIcon />} href={placeLink({ at: 'directory' })}>
              {welcome.look}
            </ButtonLink>
            <span>{welcome.lookNote}</span>
            <span>{welcome.noPhone}</span>
          </p>
        </div>
      </main>
      <Banners session={session} />
    </div>
  );
}
