import type { DirectoryPage } from '../reading/directory.ts';
import { type Html, html } from './html.ts';
import { page, type Site } from './layout.ts';
import { avatar, pathOf } from './masthead.ts';
import { counted, oneLine } from './words.ts';

/** The listed channels, most followed first. */
export function directoryPage(site: Site, { channels, more, number }: DirectoryPage): Html {
  const main = html`<div class="directory">
<h1>Channels on <bdi>${site.name}</bdi></h1>
${
  channels.length === 0
    ? html`<p class="empty">${number === 1 ? 'No channel is listed here yet.' : 'There are no more channels.'}</p>`
    : html`<ul class="channels">
${channels.map(
  ({
    channel,
    posts,
  }) => html`<li><a href="${pathOf(channel)}">${avatar(channel, 48)}<span class="name"><bdi>${channel.title}</bdi></span> <span class="handle">@${channel.username}</span></a>
${channel.description !== '' && html`<p class="about" dir="auto">${oneLine(channel.description)}</p>`}
<p class="facts">${counted(channel.followers, 'follower', 'followers')} · ${counted(posts, 'post', 'posts')}</p></li>
`,
)}</ul>`
}
${turning(number, more)}
</div>`;
  const metadata = {
    title: number === 1 ? `Channels on ${site.name}` : `Channels on ${site.name}, page ${number}`,
    description: `Public channels on ${site.name}, most followed first. Reading needs no account.`,
    canonicalPath: directoryPath(number),
    // A page that names a channel which search engines are to leave alone is left alone too.
    indexed: !channels.some(({ channel }) => channel.noIndex),
  };
  return page(site, { metadata, main });
}

function turning(number: number, more: boolean): Html | false {
  if (number === 1 && !more) return false;
  return html`<nav class="turning" aria-label="Pages">
${number > 1 && html`<a class="button quiet" rel="prev" href="${directoryPath(number - 1)}">More followed</a>`}
${more && html`<a class="button quiet" rel="next" href="${directoryPath(number + 1)}">Less followed</a>`}
</nav>`;
}

const directoryPath = (number: number): string =>
  number === 1 ? '/directory' : `/directory?page=${number}`;
