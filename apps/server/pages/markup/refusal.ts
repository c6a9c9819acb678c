import { filled } from '../language/texts.ts';
import type { Refusal } from '../reading/names.ts';
import { type Html, html } from './html.ts';
import { page, type Site } from './layout.ts';

/** What was not found or is no longer there. Says no more than anybody may know. */
export function refusalPage(site: Site, refusal: Refusal): Html {
  const { texts } = site.language;
  if (refusal.kind === 'missing') {
    return notice(site, { title: texts.notFound, words: texts.notFoundWords });
  }
  const { reason } = refusal;
  if (reason === undefined) {
    return notice(site, { title: texts.removed, words: texts.removedWords });
  }
  return notice(site, { title: texts.takenDown, words: filled(texts.takenDownWords, reason) });
}

export function waitPage(site: Site, seconds: number): Html {
  const { formats, texts } = site.language;
  const words = formats.counted(seconds, texts.tooManyWords);
  return notice(site, { title: texts.tooMany, words });
}

function notice(
  site: Site,
  { title, words }: { readonly title: string; readonly words: string },
): Html {
  const main = html`<div class="notice">
<h1>${title}</h1>
<p dir="auto">${words}</p>
<p><a class="button quiet" href="/directory">${site.language.texts.seeAllChannels}</a></p>
</div>`;
  return page(site, { metadata: { title, description: words, indexed: false }, main });
}
