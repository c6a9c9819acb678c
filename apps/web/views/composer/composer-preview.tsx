import { useDeferredValue, useMemo } from 'react';
import { useTexts } from '../../language/language.tsx';
import { previewBlocks } from '../../view-models/composer-preview.ts';
import { PostText } from '../channel/post-text.tsx';

/** The post as readers will see it, a moment behind the fingers. */
export function ComposerPreview({ text }: { readonly text: string }) {
  const texts = useTexts().composer;
  const calm = useDeferredValue(text);
  const blocks = useMemo(() => previewBlocks(calm), [calm]);
  return (
    <section className="composer-preview" aria-label={texts.previewOf}>
      <PostText blocks={blocks} onTag={ignore} onCopyCode={ignore} />
    </section>
  );
}

function ignore(): void {
  // Nothing of a preview leads anywhere.
}
