import './banners.css';
import { lazy, Suspense, useState } from 'react';
import type { FailureView, SessionView } from '../../bridge/contract/session.ts';
import { Banner } from '../../design/banner.tsx';
import { IconButton } from '../../design/button.tsx';
import { CloseIcon } from '../../design/icons/navigation.tsx';
import { useTexts } from '../../language/language.tsx';
import { reasonOf } from '../../view-models/failure.ts';
import { keptInTab } from '../../view-models/kept.ts';
import { useTell } from '../../view-models/telling.ts';
import { ConnectionNotice } from './connection-notice.tsx';

const ClearDevice = lazy(async () => ({
  default: (await import('./clear-device.tsx')).ClearDevice,
}));
const NewDevices = lazy(async () => ({ default: (await import('./new-devices.tsx')).NewDevices }));
const NewVersion = lazy(async () => ({ default: (await import('./new-version.tsx')).NewVersion }));

const endings: Readonly<Record<string, 'endedRevoked' | 'endedDeleted'>> = {
  device_revoked: 'endedRevoked',
  gone: 'endedDeleted',
};

/** What everybody should know about how the app stands, above everything else. */
export function Banners({ session }: { readonly session: SessionView }) {
  if (session.phase === 'starting') return <div />;
  const ended = session.phase === 'signed-out' ? session.ended : undefined;
  const suspended = session.phase === 'signed-in' ? session.suspended : undefined;
  const lost = session.phase === 'signed-in' && !session.persistent;
  return (
    <div className="banners">
      <ConnectionNotice session={session} />
      {ended ? <Ended failure={ended} /> : null}
      {suspended ? <Refused failure={suspended} /> : null}
      <Suspense>
        {session.phase === 'signed-in' && session.newDevices.length > 0 ? (
          <NewDevices devices={session.newDevices} />
        ) : null}
      </Suspense>
      {lost ? <NotPersistent /> : null}
      <Suspense>
        <NewVersion />
      </Suspense>
    </div>
  );
}

/** Why the server does not let this device in, though it is still the account's here. */
function Refused({ failure }: { readonly failure: FailureView }) {
  const { shell } = useTexts();
  const say = useTell();
  if (failure.code === 'gone' || failure.code === 'signature_invalid') {
    return <NotLetIn failure={failure} />;
  }
  if (failure.code !== 'suspended') return <Banner edge tone="danger" title={say(failure).text} />;
  const reason = reasonOf(failure.message);
  return (
    <Banner edge tone="danger" title={shell.suspended}>
      {shell.suspendedNote} {reason === '' ? '' : shell.suspendedReason} <bdi>{reason}</bdi>
    </Banner>
  );
}

/** The server has no such account, or not this device: nothing here is erased for that by itself. */
function NotLetIn({ failure }: { readonly failure: FailureView }) {
  const { shell } = useTexts();
  const say = useTell();
  const isGone = failure.code === 'gone';
  return (
    <Banner
      edge
      tone="danger"
      title={isGone ? shell.gone : say(failure).text}
      actions={
        <Suspense>
          <ClearDevice />
        </Suspense>
      }
    >
      {shell.goneNote}
    </Banner>
  );
}

/** Why whoever was here is here no more. */
function Ended({ failure }: { readonly failure: FailureView }) {
  const { shell } = useTexts();
  const say = useTell();
  const title = endings[failure.code];
  return (
    <Banner edge tone="warning" title={shell[title ?? 'endedOther']}>
      {title ? null : say(failure).text}
    </Banner>
  );
}

function NotPersistent() {
  const { shell } = useTexts();
  const [hidden, setHidden] = useState(() => keptInTab.get('not-persistent') === 'seen');
  if (hidden) return null;
  return (
    <Banner
      edge
      tone="warning"
      title={shell.notPersistent}
      actions={
        <IconButton
          label={shell.dismiss}
          onClick={() => {
            keptInTab.set('not-persistent', 'seen');
            setHidden(true);
          }}
        >
          <CloseIcon />
        </IconButton>
      }
    >
      {shell.notPersistentNote}
    </Banner>
  );
}
