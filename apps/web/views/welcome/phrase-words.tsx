import './phrase-steps.css';
import { Button } from '../../design/button.tsx';
import { CopyIcon } from '../../design/icons/conversation.tsx';
import { PrintIcon } from '../../design/icons/places.tsx';
import { useTexts } from '../../language/language.tsx';
import { copyText } from '../../view-models/copying.ts';
import { Stage } from './stage.tsx';

interface PhraseWordsProps {
  readonly words: readonly string[];
  readonly onDone: () => void;
  readonly onLater: () => void;
}

/** The recovery phrase, to be written down. */
export function PhraseWords({ words, onDone, onLater }: PhraseWordsProps) {
  const { welcome } = useTexts();
  const copy = () =>
    copyText(words.join(' '), { done: welcome.copied, refused: welcome.notCopied });
  return (
    <Stage title={welcome.phraseTitle} note={welcome.phraseWhy} wide>
      <p className="phrase-warning">{welcome.phraseRule}</p>
      <ol className="phrase-words" lang="en" aria-label={welcome.phraseWords} translate="no">
        {words.map((word, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a word may stand twice, its place is what counts.
          <li key={index}>
            <span className="phrase-number">{index + 1}</span>
            {word}
          </li>
        ))}
      </ol>
      <div className="stage-buttons">
        <Button icon={<CopyIcon />} onClick={copy}>
          {welcome.copy}
        </Button>
        <Button icon={<PrintIcon />} onClick={() => print()}>
          {welcome.print}
        </Button>
      </div>
      <div className="stage-buttons">
        <Button kind="primary" size="l" onClick={onDone}>
          {welcome.phraseDone}
        </Button>
        <Button kind="plain" size="l" onClick={onLater}>
          {welcome.later}
        </Button>
      </div>
    </Stage>
  );
}
