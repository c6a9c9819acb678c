import './visitor-bar.css';
import type { ChannelFacts } from '../../bridge/contract/log.ts';
import { Button, ButtonLink } from '../../design/button.tsx';
import { PlusIcon } from '../../design/icons/navigation.tsx';
import { useTexts } from '../../language/language.tsx';
import { useCall } from '../../view-models/app.tsx';
import { beginJourney } from '../../view-models/journey.ts';
import { placeLink } from '../../view-models/place.ts';
import { useTask } from '../../view-models/task.ts';
import { goTo } from '../../view-models/way-back.ts';

interface VisitorBarProps {
  readonly channel: ChannelFacts;
  readonly signedIn: boolean;
}

/** In place of the composer for whoever does not belong to the channel yet. */
export function VisitorBar({ channel, signedIn }: VisitorBarProps) {
  const texts = useTexts().channel;
  const call = useCall();
  const task = useTask();
  const { conversationId, role } = channel;
  if (!signedIn) {
    // Whoever makes an account here comes back following.
    const remember = () =>
      beginJourney({ to: { at: 'chat', conversationId }, follow: { conversationId } });
    return (
      <div className="visitor-bar">
        <p>{texts.visitorNote}</p>
        <div className="visitor-choices">
          <Button
            kind="primary"
            onClick={() => {
              remember();
              goTo({ at: 'sign-up' });
            }}
          >
            {texts.createAccount}
          </Button>
          <ButtonLink kind="plain" href={placeLink({ at: 'sign-in' })} onClick={remember}>
            {texts.haveAccount}
          </ButtonLink>
        </div>
      </div>
    );
  }
  if (role === 'requested') {
    return (
      <div className="visitor-bar">
        <p>{texts.requested}</p>
        <Button busy={task.busy} onClick={() => task.run(() => call('leave', { conversationId }))}>
          {texts.withdraw}
        </Button>
      </div>
    );
  }
  if (role !== 'none') return null;
  return (
    <div className="visitor-bar">
      {task.failed ? <p role="alert">{task.failed.text}</p> : null}
      <Button
        kind="primary"
        size="l"
        icon={<PlusIcon />}
        busy={task.busy}
        onClick={() => task.run(() => call('follow', { conversationId }))}
      >
        {texts.follow}
      </Button>
    </div>
  );
}
