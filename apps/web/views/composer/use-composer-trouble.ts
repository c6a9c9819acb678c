import { fill } from '../../language/fill.ts';
import { useFormats, useTexts } from '../../language/language.tsx';
import type { ComposerTrouble } from '../../view-models/composer-model.ts';
import { useTell } from '../../view-models/telling.ts';
import { toasts } from '../../view-models/toasts.ts';

/** Says in a toast what the composer could not do. */
export function useComposerTrouble(): (trouble: ComposerTrouble) => void {
  const texts = useTexts().composer;
  const formats = useFormats();
  const tell = useTell();
  return (trouble) => {
    const text =
      trouble.kind === 'too-many-files'
        ? fill(texts.tooManyFiles, '', formats.number(trouble.max))
        : fill(texts.failedFor, tell(trouble.failure).text);
    toasts.show({ text });
  };
}
