import type { Runtime } from '../../runtime.ts';
import type { PublicPost } from '../reading/posts.ts';
import type { Html } from './html.ts';
import { type TextContext, textMarkup } from './text.ts';

/** A post with its text as markup. */
export type ShownPost = PublicPost & { readonly words: Html };

/** Converts the text of each post to markup. Gives way to other work in between (PAGE-39). */
export async function withWords(
  runtime: Pick<Runtime, 'soon'>,
  posts: readonly PublicPost[],
  context: TextContext,
): Promise<readonly ShownPost[]> {
  const shown: ShownPost[] = [];
  let characters = 0;
  for (const post of posts) {
    shown.push({ ...post, words: textMarkup(post, context) });
    characters += post.text.length;
    if (characters < TURN_CHARACTERS) continue;
    characters = 0;
    await new Promise<void>((resolve) => runtime.soon(resolve));
  }
  return shown;
}

/** Characters to convert before other work may run. */
const TURN_CHARACTERS = 8_192;
