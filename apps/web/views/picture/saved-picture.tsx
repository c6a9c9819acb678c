import { Banner } from '../../design/banner.tsx';
import { useTexts } from '../../language/language.tsx';
import { useTask } from '../../view-models/task.ts';
import { toasts } from '../../view-models/toasts.ts';
import { PictureField } from './picture-field.tsx';

interface SavedPictureProps {
  readonly id: string;
  readonly name: string;
  readonly shape: 'round' | 'tile';
  readonly url: string | undefined;
  /** `null`: take it away. */
  readonly save: (picture: Blob | null) => Promise<unknown>;
}

/** A picture that is changed as soon as one is chosen. */
export function SavedPicture({ id, name, shape, url, save }: SavedPictureProps) {
  const { management } = useTexts();
  const task = useTask();
  const pick = async (picture: Blob | null) => {
    const done = await task.run(() => save(picture));
    if (done) toasts.show({ text: management.saved });
  };
  return (
    <div className="form">
      {task.failed ? <Banner tone="danger" title={task.failed.text} /> : null}
      <PictureField
        id={id}
        name={name}
        shape={shape}
        picture={url}
        onPick={pick}
        busy={task.busy}
      />
    </div>
  );
}
