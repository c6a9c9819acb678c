import { useEffect, useRef } from 'react';
import type { RefusalView } from '../bridge/contract/publishing.ts';
import { fill } from '../language/fill.ts';
import { useFormats, useTexts } from '../language/language.tsx';
import { useCall, useWatch } from './app.tsx';
import { useTell } from './telling.ts';
import { toasts } from './toasts.ts';

/** Says what was refused when nobody waited for the answer, once, in a window that somebody sees. */
export function useRefusals(): void {
  const refusals = useWatch('refusals', null);
  const call = useCall();
  const say = useSaying();
  const said = useRef(new Set<string>());
  useEffect(() => {
    const tell = () => {
      if (document.visibilityState !== 'visible') return;
      for (const refusal of refusals ?? []) {
        const { id } = refusal;
        if (said.current.has(id)) continue;
        said.current.add(id);
        toasts.show({ text: say(refusal), timeoutMs: 0 });
        call('forgetRefusal', { id }).catch(() => undefined);
      }
    };
    tell();
    document.addEventListener('visibilitychange', tell);
    return () => document.removeEventListener('visibilitychange', tell);
  });
}

function useSaying(): (refusal: RefusalView) => string {
  const { channel } = useTexts();
  const formats = useFormats();
  const tell = useTell();
  return ({ kind, count, failure }) => {
    const forms = kind === 'delete' ? channel.deleteRefused : channel.forwardRefused;
    return fill(formats.plural(count, forms), tell(failure).text);
  };
}
