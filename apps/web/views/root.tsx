import { LiveRegion } from '../design/live-region.tsx';
import { Toasts } from '../design/toast.tsx';
import { TooltipLayer } from '../design/tooltip-layer.tsx';
import { LanguageProvider, useTexts } from '../language/language.tsx';
import type { Language } from '../language/languages.ts';
import { useAnnouncement } from '../view-models/announcer.ts';
import { toasts } from '../view-models/toasts.ts';
import { useWindowLanguage } from '../view-models/window-language.ts';
import { ErrorBoundary } from './shell/error-boundary.tsx';
import { Shell } from './shell/shell.tsx';
import { useStrayDrops } from './shell/stray-drops.ts';

/** Everything that a window shows. */
export function Root({ firstLanguage }: { readonly firstLanguage: Language }) {
  const language = useWindowLanguage(firstLanguage);
  useStrayDrops();
  return (
    <LanguageProvider language={language}>
      <ErrorBoundary>
        <Shell />
      </ErrorBoundary>
      <Notices />
    </LanguageProvider>
  );
}

function Notices() {
  const texts = useTexts();
  return (
    <>
      <Toasts queue={toasts} label={texts.shell.notices} closeLabel={texts.app.close} />
      <LiveRegion text={useAnnouncement()} />
      <TooltipLayer />
    </>
  );
}
