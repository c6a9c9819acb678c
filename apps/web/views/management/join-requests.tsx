import type { ChannelFacts } from '../../bridge/contract/log.ts';
import type { JoinRequestsPage } from '../../bridge/contract/management.ts';
import type { ProfileView } from '../../bridge/contract/session.ts';
import { Avatar } from '../../design/avatar.tsx';
import { Button } from '../../design/button.tsx';
import { fill } from '../../language/fill.ts';
import { useTexts } from '../../language/language.tsx';
import { useCall } from '../../view-models/app.tsx';
import { useAnswer, useTask } from '../../view-models/task.ts';
import { toasts } from '../../view-models/toasts.ts';
import { Loaded } from './loaded.tsx';

/** Who asked to be let in. */
export function JoinRequests({ channel }: { readonly channel: ChannelFacts }) {
  const { management } = useTexts();
  const call = useCall();
  const { conversationId } = channel;
  const answer = useAnswer(conversationId, () =>
    call('listJoinRequests', { conversationId, after: '' }),
  );
  const { people, next = '' } = answer.value ?? {};
  const decided = (person: ProfileView) => {
    const rest = people?.filter((each) => each !== person) ?? [];
    if (rest.length === 0 && next !== '') answer.reload();
    else answer.set({ people: rest, next });
  };
  return (
    <div className="pane-body">
      <p className="pane-note">{management.requestsNote}</p>
      <Loaded
        answer={{ value: people, failed: answer.failed, reload: answer.reload }}
        empty={management.requestsNone}
      >
        {(shown) => (
          <div className="pane-card">
            {shown.map((person) => (
              <Request
                key={person.accountId}
                person={person}
                conversationId={conversationId}
                onDecided={() => decided(person)}
              />
            ))}
          </div>
        )}
      </Loaded>
      {people && next !== '' ? (
        <MoreRequests
          conversationId={conversationId}
          after={next}
          onLoaded={(page) => answer.set({ people: [...people, ...page.people], next: page.next })}
        />
      ) : null}
    </div>
  );
}

interface MoreRequestsProps {
  readonly conversationId: string;
  readonly after: string;
  readonly onLoaded: (page: JoinRequestsPage) => void;
}

function MoreRequests({ conversationId, after, onLoaded }: MoreRequestsProps) {
  const { management } = useTexts();
  const call = useCall();
  const task = useTask();
  const load = () =>
    task.run(async () => onLoaded(await call('listJoinRequests', { conversationId, after })));
  return (
    <div className="pane-actions">
      {task.failed ? <p role="alert">{task.failed.text}</p> : null}
      <Button busy={task.busy} onClick={load}>
        {management.requestsMore}
      </Button>
    </div>
  );
}

interface RequestProps {
  readonly person: ProfileView;
  readonly conversationId: string;
  readonly onDecided: () => void;
}

function Request({ person, conversationId, onDecided }: RequestProps) {
  const { management } = useTexts();
  const call = useCall();
  const task = useTask();
  const { accountId, name, username, avatarUrl, bio } = person;
  const decide = async (accept: boolean) => {
    const done = await task.run(() =>
      call('decideJoinRequest', { conversationId, accountId, accept }),
    );
    if (!done) return;
    toasts.show({ text: accept ? fill(management.accepted, name) : management.declined });
    onDecided();
  };
  return (
    <div className="management-item">
      <div className="management-item-head">
        <Avatar id={accountId} name={name} src={avatarUrl} />
        <div className="management-item-name">
          <strong dir="auto">{name}</strong>
          {username === '' ? null : (
            <p className="pane-note">
              <bdi>@{username}</bdi>
            </p>
          )}
        </div>
      </div>
      {bio === '' ? null : <p dir="auto">{bio}</p>}
      {task.failed ? <p role="alert">{task.failed.text}</p> : null}
      <div className="pane-actions">
        <Button kind="primary" busy={task.busy} onClick={() => decide(true)}>
          {management.accept}
        </Button>
        <Button disabled={task.busy} onClick={() => decide(false)}>
          {management.decline}
        </Button>
      </div>
    </div>
  );
}
