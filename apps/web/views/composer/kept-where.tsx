import { useTexts } from '../../language/language.tsx';
import type { ComposerState } from '../../view-models/composer-state.ts';

/** Where a draft is kept, when that is not where one expects it. */
export function KeptWhere({ kept }: Pick<ComposerState, 'kept'>) {
  const texts = useTexts().composer;
  const said = { everywhere: '', here: texts.onlyHere, nowhere: texts.notKept }[kept];
  return (
    <p className="composer-kept" role="status">
      {said}
    </p>
  );
}
