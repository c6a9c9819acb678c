import './phrase-steps.css';
import { type FormEvent, useState } from 'react';
import type { SessionView } from '../../bridge/contract/session.ts';
import { Banner } from '../../design/banner.tsx';
import { Button, ButtonLink } from '../../design/button.tsx';
import { ProgressBar } from '../../design/progress.tsx';
import { TextArea } from '../../design/text-area.tsx';
import { fill } from '../../language/fill.ts';
import { useFormats, useTexts } from '../../language/language.tsx';
import { useCall } from '../../view-models/app.tsx';
import { deviceName } from '../../view-models/device-name.ts';
import { finishJourney } from '../../view-models/journey.ts';
import { isWholePhrase, wordsOf } from '../../view-models/phrase.ts';
import { placeLink } from '../../view-models/place.ts';
import { useTask } from '../../view-models/task.ts';
import { goBack, goTo } from '../../view-models/way-back.ts';
import { PhraseSpelling } from './phrase-spelling.tsx';
import { Stage } from './stage.tsx';

/** Brings an account to this browser by its recovery phrase. */
export function SignIn({ session }: { readonly session: SessionView }) {
  const { shell, welcome } = useTexts();
  const formats = useFormats();
  const call = useCall();
  const task = useTask();
  const [typed, setTyped] = useState('');
  const [strict, setStrict] = useState(false);
  const whole = isWholePhrase(typed);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setStrict(true);
    if (!whole) return;
    const phrase = wordsOf(typed).join(' ');
    const done = await task.run(() =>
      call('recover', { phrase, deviceName: deviceName(navigator) }),
    );
    if (done) goTo(await finishJourney(call, { at: 'chats' }), { replace: true });
  };
  if (session.phase === 'signed-in' && !task.busy) {
    return (
      <Stage
        title={fill(welcome.already, session.me.name)}
        note={welcome.alreadyNote}
        onBack={goBack}
      >
        <ButtonLink kind="primary" size="l" href={placeLink({ at: 'chats' })}>
          {shell.toChats}
        </ButtonLink>
      </Stage>
    );
  }
  return (
    <Stage title={welcome.signIn} note={welcome.signInNote} onBack={task.busy ? undefined : goBack}>
      {task.failed ? <Banner tone="danger" title={task.failed.text} /> : null}
      <form className="stage-form" onSubmit={submit} noValidate>
        <TextArea
          label={welcome.phrase}
          note={formats.plural(wordsOf(typed).length, welcome.phraseCount)}
          error={strict && !whole && !task.failed ? welcome.phraseTooFew : undefined}
          value={typed}
          onChange={(value) => {
            setTyped(value);
            setStrict(false);
            task.forget();
          }}
          rows={5}
          dir="ltr"
          lang="en"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
        <PhraseSpelling typed={typed} onCorrect={setTyped} />
        <Button type="submit" kind="primary" size="l" wide busy={task.busy}>
          {welcome.signInGo}
        </Button>
      </form>
      {task.busy ? (
        <div role="status">
          <ProgressBar label={welcome.signingIn} text={welcome.signingInNote} />
        </div>
      ) : null}
    </Stage>
  );
}
