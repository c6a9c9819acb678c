import type { SessionView } from '../../bridge/contract/session.ts';
import { fill } from '../../language/fill.ts';
import { useTexts } from '../../language/language.tsx';
import { appVersion } from '../../view-models/version.ts';

/** What this is, and who can read what. */
export function AboutSettings({ session }: { readonly session: SessionView }) {
  const { app, settings, welcome } = useTexts();
  const server = session.phase === 'starting' ? undefined : session.server;
  return (
    <>
      <div className="pane-group">
        <h2>{app.name}</h2>
        <p>{welcome.what}</p>
        <p>
          {settings.law} {settings.lawUnlisted}
        </p>
      </div>
      <dl className="pane-facts">
        <div>
          <dt>{settings.version}</dt>
          <dd>{fill(settings.appVersion, appVersion)}</dd>
          {server ? <dd>{fill(settings.serverVersion, server.version)}</dd> : null}
        </div>
        {server ? (
          <div>
            <dt>{settings.server}</dt>
            <dd>
              <bdi>{server.name}</bdi>
            </dd>
            <dd>
              <bdi>{server.origin}</bdi>
            </dd>
          </div>
        ) : null}
      </dl>
      <p className="pane-note">{settings.free}</p>
    </>
  );
}
