import { filled, type PageTexts } from '../language/texts.ts';
import type { DirectoryPage } from '../reading/directory.ts';
import { filledHtml, type Html, html } from './html.ts';
import { page, type Site } from './layout.ts';
import { avatar, figures, pathOf } from './masthead.ts';
import { oneLine } from './words.ts';

/** The listed channels, sorted by subscribers. */
export function directoryPage(site: Site, { channels, more, number }: DirectoryPage): Html {
  const { language, name } = site;
  const { texts } = language;
  const main = html`<div class="directory">
<h1>${filledHtml(texts.channelsOn, html`<bdi>${name}</bdi>`)}</h1>
${
  channels.length === 0
    ? html`<p class="empty">${number === 1 ? texts.noChannels : texts.noMoreChannels}</p>`
    : html`<ul class="channels">
${channels.map(
  ({
    channel,
    posts,
  }) => html`<li><a href="${pathOf(channel)}">${avatar(channel, 48)}<span class="name"><bdi>${channel.title}</bdi></span> <span class="handle">@${channel.username}</span></a>
${channel.description !== '' && html`<p class="about" dir="auto">${oneLine(channel.description)}</p>`}
<p class="facts">${figures(channel, posts, language)}</p></li>
`,
)}</ul>`
}
${turning({ number, more }, texts)}
</div>`;
  const metadata = {
    title:
      number === 1 ? filled(texts.channelsOn, name) : filled(texts.channelsOnPage, name, number),
    description: filled(texts.directoryDescription, name),
    canonicalPath: directoryPath(number),
    // A page that names a channel which search engines are to leave alone is left alone too.
    indexed: !channels.some(({ channel }) => channel.noIndex),
  };
  return page(site, { metadata, main });
}

function turning(
  { more, number }: Pick<DirectoryPage, 'more' | 'number'>,
  texts: PageTexts,
): Html | false {
  if (number === 1 && !more) return false;
  return html`<nav class="turning" aria-label="${texts.pages}">
${number > 1 && html`<a class="button quiet" rel="prev" href="${directoryPath(number - 1)}">${texts.previousChannels}</a>`}
${more && html`<a class="button quiet" rel="next" href="${directoryPath(number + 1)}">${texts.nextChannels}</a>`}
</nav>`;
}

const directoryPath = (number: number): string =>
  number === 1 ? '/directory' : `/directory?page=${number}`;
