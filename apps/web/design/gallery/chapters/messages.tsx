import { useState } from 'react';
import { Banner } from '../../banner.tsx';
import { Button } from '../../button.tsx';
import { EmptyState } from '../../empty-state.tsx';
import { ChannelIcon } from '../../icons/conversation.tsx';
import { CloseIcon } from '../../icons/navigation.tsx';
import { LiveRegion } from '../../live-region.tsx';
import { ProgressBar, ProgressRing } from '../../progress.tsx';
import { Skeleton } from '../../skeleton.tsx';
import { Spinner } from '../../spinner.tsx';
import type { ToastQueue } from '../../toast-queue.ts';
import { Chapter, Specimen } from '../specimen.tsx';

interface MessagesProps {
  readonly toasts: ToastQueue;
}

export function Messages({ toasts }: MessagesProps) {
  return (
    <Chapter title="Saying what happens">
      <Banners />
      <Specimen title="EmptyState" stack>
        <EmptyState
          icon={<ChannelIcon size="xl" />}
          title="No channels yet"
          level={3}
          actions={
            <>
              <Button kind="primary">See the directory</Button>
              <Button>Create one</Button>
            </>
          }
        >
          Channels that you follow stand here, the newest post first. Begin with one of the
          directory, or open an invite link.
        </EmptyState>
      </Specimen>
      <Notices toasts={toasts} />
      <Waiting />
    </Chapter>
  );
}

function Banners() {
  return (
    <Specimen title="Banner" stack>
      <Banner tone="offline" title="No network" edge>
        What you write is kept and goes out later.
      </Banner>
      <Banner
        tone="danger"
        title="The post was not published"
        actions={<Button kind="plain">Try again</Button>}
      >
        The server refused a picture larger than 20 MB. Your text is safe here. Take another
        picture.
      </Banner>
      <Banner
        tone="warning"
        title="Your recovery phrase is not confirmed"
        actions={<Button kind="plain">Confirm</Button>}
      >
        Without it nobody can bring the account back, we cannot either.
      </Banner>
      <Banner tone="good" title="You are back">
        Three posts went out.
      </Banner>
      <Banner title="A new version is ready" actions={<Button kind="plain">Reload</Button>} />
    </Specimen>
  );
}

function Notices({ toasts }: MessagesProps) {
  const [told, setTold] = useState('');
  return (
    <Specimen title="Toast, LiveRegion">
      <Button
        onClick={() =>
          toasts.show({
            text: 'The post is deleted.',
            action: { label: 'Undo', run: () => toasts.show({ text: 'It is back.' }) },
          })
        }
      >
        Toast with undo
      </Button>
      <Button onClick={() => toasts.show({ text: 'The link is copied.' })}>Toast</Button>
      <Button onClick={() => setTold(`Heard at ${new Date().toLocaleTimeString()}`)}>
        Say it to ears only
      </Button>
      <LiveRegion text={told} />
    </Specimen>
  );
}

function Waiting() {
  const nothing = () => undefined;
  return (
    <Specimen title="Spinner, ProgressBar, ProgressRing, Skeleton" stack>
      <div className="specimen-body">
        <Spinner size="s" label="Loading" />
        <Spinner label="Loading" />
        <Spinner size="l" label="Loading" />
        <ProgressRing label="Upload" value={0.62} onPress={nothing} pressLabel="Stop the upload">
          <CloseIcon size="s" />
        </ProgressRing>
        <ProgressRing label="Waiting" onPress={nothing} pressLabel="Stop">
          <CloseIcon size="s" />
        </ProgressRing>
        <ProgressRing label="Download" value={0.2} />
      </div>
      <ProgressBar
        label="Upload"
        value={0.38}
        text="3.1 of 8 MB"
        onCancel={nothing}
        cancelLabel="Stop"
      />
      <ProgressBar label="Preparing" />
      <div>
        <Skeleton widthPercent={60} />
        <Skeleton />
        <Skeleton widthPercent={85} />
      </div>
    </Specimen>
  );
}
