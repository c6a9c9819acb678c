import type { Refusal } from '../reading/names.ts';
import { type Html, html } from './html.ts';
import { page, type Site } from './layout.ts';

/** What was not found or is no longer there. Says no more than anybody may know. */
export function refusalPage(site: Site, refusal: Refusal): Html {
  if (refusal.kind === 'missing') {
    return notice(site, {
      title: 'Not found',
      words:
        'There is nothing at this address. It may be mistyped, or it is not for everybody to see.',
    });
  }
  const { reason } = refusal;
  if (reason === undefined) {
    return notice(site, {
      title: 'No longer here',
      words: 'What was at this address was removed.',
    });
  }
  return notice(site, {
    title: 'Taken down',
    words: `The operator of this server took this down: ${reason}`,
  });
}

export function waitPage(site: Site, seconds: number): Html {
  const words = `Your network asked for too many pages. Try again in ${seconds} s.`;
  return notice(site, { title: 'Too many requests', words });
}

function notice(
  site: Site,
  { title, words }: { readonly title: string; readonly words: string },
): Html {
  const main = html`<div class="notice">
<h1>${title}</h1>
<p dir="auto">${words}</p>
<p><a class="button quiet" href="/directory">See all channels</a></p>
</div>`;
  return page(site, { metadata: { title, description: words, indexed: false }, main });
}
