import { type FormEvent, useState } from 'react';
import { Button } from '../../design/button.tsx';
import { TextField } from '../../design/text-field.tsx';
import { fill } from '../../language/fill.ts';
import { useFormats, useTexts } from '../../language/language.tsx';
import { askedPlaces, wrongAnswers } from '../../view-models/phrase.ts';
import { Stage } from './stage.tsx';

interface PhraseCheckProps {
  readonly words: readonly string[];
  readonly onRight: () => void;
  readonly onShowAgain: () => void;
  readonly onLater: () => void;
}

/** Asks for three of the words. */
export function PhraseCheck({ words, onRight, onShowAgain, onLater }: PhraseCheckProps) {
  const { welcome } = useTexts();
  const formats = useFormats();
  const [places] = useState(() => askedPlaces(Math.random));
  const [answers, setAnswers] = useState<readonly string[]>(places.map(() => ''));
  const [wrong, setWrong] = useState<readonly number[]>([]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = wrongAnswers(words, places, answers);
    setWrong(found);
    if (found.length === 0) onRight();
  };
  return (
    <Stage title={welcome.checkTitle} note={welcome.checkWhy} onBack={onShowAgain}>
      <form className="stage-form" onSubmit={submit} noValidate>
        {places.map((place, index) => {
          const number = formats.number(place + 1);
          return (
            <TextField
              key={place}
              label={fill(welcome.word, number)}
              value={answers[index] ?? ''}
              onChange={(answer) => {
                setAnswers(answers.with(index, answer));
                setWrong(wrong.filter((each) => each !== place));
              }}
              error={wrong.includes(place) ? fill(welcome.wordWrong, number) : undefined}
              dir="ltr"
              lang="en"
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
            />
          );
        })}
        <Button type="submit" kind="primary" size="l" wide>
          {welcome.check}
        </Button>
        <div className="stage-buttons">
          <Button kind="plain" onClick={onShowAgain}>
            {welcome.showAgain}
          </Button>
          <Button kind="plain" onClick={onLater}>
            {welcome.later}
          </Button>
        </div>
      </form>
    </Stage>
  );
}
