import type { Runtime } from '../../runtime.ts';
import type { PublicPost } from '../reading/posts.ts';
import type { Html } from './html.ts';
import { type TextContext, textMarkup } from './text.ts';

/** A post whose text is markup already. */
export type ShownPost = PublicPost & { readonly words: Html };

/** Makes the text of each post markup, and lets other work run between two of them. */
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

/** Text that is made markup before other work may run. */
const TURN_CHARACTERS = 8_192;
