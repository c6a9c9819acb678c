import type { PageLanguage } from '../language/language.ts';
import type { PublicPost } from '../reading/posts.ts';
import type { Origin, Quoted } from '../reading/surroundings.ts';
import { filesMarkup } from './files.ts';
import { type Html, html } from './html.ts';
import type { ShownPost } from './shown-post.ts';
import { excerpt, isoDay, isoTime } from './words.ts';

const QUOTE_CHARACTERS = 100;

export type PostContext = {
  /** Empty on our own pages; the origin where markup travels. */
  readonly base: string;
  readonly language: PageLanguage;
  /** Path of the channel, `/@name`. */
  readonly channelPath: string;
  readonly whenShown: 'clock' | 'date';
  readonly eager?: boolean;
  readonly newWindow?: boolean;
};

/** One post with everything that belongs to it. */
export function postMarkup(post: ShownPost, context: PostContext): Html {
  const { seq } = post;
  return html`<article class="post h-entry" id="post-${seq}">
<p class="when">${when(post, context)}</p>
<div class="matter">
${bodyMarkup(post, { ...context, files: filesMarkup(post.files, context) })}
${figures(post, context.language)}
</div>
</article>
`;
}

export type BodyContext = Pick<PostContext, 'base' | 'channelPath' | 'language' | 'newWindow'> & {
  readonly files: Html;
};

/** What the post says and shows, without when and for how many. */
export function bodyMarkup(post: ShownPost, context: BodyContext): Html {
  const { author, forwardedFrom, replyTo, text, words } = post;
  const { base, files, language } = context;
  return html`${forwardedFrom && origin(forwardedFrom, { base, language })}${replyTo && quoted(replyTo, context)}${files}${text !== '' && html`<div class="text e-content">${words}</div>`}${author && signature(author, base)}`;
}

function when(post: PublicPost, context: PostContext): Html {
  const { base, channelPath, language, newWindow, whenShown } = context;
  const { formats, texts } = language;
  const { editedAt, sentAt, seq } = post;
  const shown = whenShown === 'clock' ? formats.clock(sentAt) : formats.moment(sentAt);
  const edited =
    editedAt !== undefined &&
    html` <span class="edited">${texts.edited} <time class="dt-updated" datetime="${isoTime(editedAt)}">${editedOn(post, editedAt, language)}</time></span>`;
  return html`<a class="u-url" href="${base}${channelPath}/${seq}"${newWindow && html` target="_blank"`}><time class="dt-published" datetime="${isoTime(sentAt)}">${shown}</time></a>${edited}`;
}

/** The hour is enough on the same day. */
function editedOn({ sentAt }: PublicPost, editedAt: number, { formats }: PageLanguage): string {
  const isSameDay = isoDay(sentAt) === isoDay(editedAt);
  return isSameDay ? formats.clock(editedAt) : formats.dayAndMonth(editedAt);
}

function origin(
  { place, title }: Origin,
  { base, language }: Pick<PostContext, 'base' | 'language'>,
): Html {
  const name = html`<bdi>${title}</bdi>`;
  return html`<p class="origin">${language.texts.forwardedFrom} ${place ? html`<a href="${base}/@${place.username}/${place.seq}">${name}</a>` : name}</p>`;
}

function quoted({ says }: Quoted, { base, channelPath, language }: BodyContext): Html {
  const { formats, texts } = language;
  if (!says) return html`<p class="answered">${texts.inReplyToEarlier}</p>`;
  const files = says.files === 0 ? texts.aPost : formats.counted(says.files, texts.files);
  const words = excerpt(says.text, QUOTE_CHARACTERS) || files;
  return html`<p class="answered">${texts.inReplyTo} <a href="${base}${channelPath}/${says.seq}"><bdi>${words}</bdi></a></p>`;
}

function signature(
  author: { readonly name: string; readonly username: string },
  base: string,
): Html {
  const name = html`<bdi class="p-author">${author.name}</bdi>`;
  const linked =
    author.username === '' ? name : html`<a href="${base}/@${author.username}">${name}</a>`;
  return html`<p class="signature">${linked}</p>`;
}

function figures({ reactions, views }: PublicPost, { formats, texts }: PageLanguage): Html | false {
  if (reactions.length === 0 && views === 0) return false;
  return html`<p class="figures">${reactions.map(({ count, emoji }) => html`<span class="reaction"><bdi>${emoji}</bdi> ${formats.compact(count)}</span> `)}${views > 0 && html`<span class="views">${formats.counted(views, texts.views)}</span>`}</p>`;
}
