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
  const textOf = (trouble: ComposerTrouble): string => {
    switch (trouble.kind) {
      case 'too-many-files':
        return fill(texts.tooManyFiles, '', formats.number(trouble.max));
      case 'too-large-file':
        return fill(texts.tooLargeFile, trouble.name, formats.bytes(trouble.max));
      case 'empty-file':
        return fill(texts.emptyFile, trouble.name);
      case 'refused':
        return fill(texts.failedFor, tell(trouble.failure).text);
    }
  };
  return (trouble) => toasts.show({ text: textOf(trouble) });
}
