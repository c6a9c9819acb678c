import { useState } from 'react';
import { ConfirmDialog } from '../../design/confirm-dialog.tsx';
import { useTexts } from '../../language/language.tsx';
import { wordsOf } from '../../view-models/phrase.ts';
import { PhraseCheck } from './phrase-check.tsx';
import { PhraseWords } from './phrase-words.tsx';

interface PhraseStepsProps {
  readonly phrase: string;
  readonly onConfirmed: () => void;
  readonly onLater: () => void;
}

/** The words, then three of them; "later" is possible and says what it means. */
export function PhraseSteps({ phrase, onConfirmed, onLater }: PhraseStepsProps) {
  const { app, welcome } = useTexts();
  const [step, setStep] = useState<'words' | 'check'>('words');
  const [asking, setAsking] = useState(false);
  const words = wordsOf(phrase);
  const later = () => setAsking(true);
  return (
    <>
      {step === 'words' ? (
        <PhraseWords words={words} onDone={() => setStep('check')} onLater={later} />
      ) : (
        <PhraseCheck
          words={words}
          onRight={onConfirmed}
          onShowAgain={() => setStep('words')}
          onLater={later}
        />
      )}
      <ConfirmDialog
        open={asking}
        title={welcome.laterTitle}
        confirmLabel={welcome.laterGo}
        cancelLabel={step === 'check' ? welcome.laterStay : app.back}
        onConfirm={onLater}
        onCancel={() => setAsking(false)}
      >
        <p>{welcome.laterNote}</p>
      </ConfirmDialog>
    </>
  );
}
