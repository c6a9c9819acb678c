import { filled } from '../language/texts.ts';
import type { PublicProfile } from '../reading/names.ts';
import { type Html, html } from './html.ts';
import { page, type Site } from './layout.ts';
import { avatar, pathOf, textLines } from './masthead.ts';

/** Who has a name, and no more: people are not listed, and no search engine is asked in. */
export function profilePage(site: Site, profile: PublicProfile): Html {
  const { bio, name, username } = profile;
  const main = html`<div class="single profile h-card">
${avatar(profile, 96)}
<h1 class="p-name"><bdi>${name}</bdi></h1>
<p class="handle">@${username}</p>
${bio !== '' && html`<div class="about p-note">${textLines(bio)}</div>`}
</div>`;
  const metadata = {
    title: `${name} (@${username})`,
    description: filled(site.language.texts.personOn, name, site.name),
    canonicalPath: pathOf(profile),
    indexed: false,
    type: 'profile',
  } as const;
  return page(site, { metadata, appPath: `/#@${username}`, main });
}
