import { useEffect, useState } from 'react';
import { Button } from '../../design/button.tsx';
import { fill } from '../../language/fill.ts';
import { useFormats, useTexts } from '../../language/language.tsx';
import { useCall } from '../../view-models/app.tsx';
import { misspellings, withWord } from '../../view-models/phrase-spelling.ts';

interface PhraseSpellingProps {
  readonly typed: string;
  readonly onCorrect: (typed: string) => void;
}

/** Misspelt words of a recovery phrase as it is typed, each with the words that may have been meant. */
export function PhraseSpelling({ typed, onCorrect }: PhraseSpellingProps) {
  const { welcome } = useTexts();
  const formats = useFormats();
  const known = useKnownWords();
  const found = known ? misspellings(typed, known) : [];
  return (
    <ul className="phrase-spelling" aria-live="polite" aria-relevant="additions text">
      {found.map(({ place, word, suggestions }) => (
        <li key={`${place} ${word}`}>
          <p>
            {fill(welcome.wordUnknown, formats.number(place))} <bdi lang="en">{word}</bdi>
          </p>
          {suggestions.map((suggestion) => (
            <Button
              key={suggestion}
              size="s"
              lang="en"
              aria-label={fill(welcome.useWord, suggestion)}
              onClick={() => onCorrect(withWord(typed, place, suggestion))}
            >
              {suggestion}
            </Button>
          ))}
        </li>
      ))}
    </ul>
  );
}

function useKnownWords(): ReadonlySet<string> | undefined {
  const call = useCall();
  const [words, setWords] = useState<ReadonlySet<string>>();
  useEffect(() => {
    call('recoveryWords', null).then(
      (list) => setWords(new Set(list)),
      // Without the list nothing is pointed out; signing in still checks the phrase.
      () => undefined,
    );
  }, [call]);
  return words;
}
