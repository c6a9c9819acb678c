import type { MimiContent } from '../mimi/content.ts';
import { composePost, type Envelope } from './compose.ts';
import type { EditView, ForwardedFrom, PostView } from './view.ts';

export interface ForwardInput extends Envelope {
  /** What is forwarded, in its newest version. */
  readonly post: PostView | EditView;
  /** Where it is forwarded from. */
  readonly source: ForwardedFrom;
  readonly silent?: boolean;
}

/** A post with the text and attachments of another, attributed to where it first stood. */
export function composeForward({ post, source, ...envelope }: ForwardInput): MimiContent {
  const { text, format, attachments } = post;
  const forwardedFrom = originOf(post, source);
  return composePost({ ...envelope, text, format, attachments, forwardedFrom });
}

/** A forward of a forward keeps the first origin (CNT-11). */
export function originOf(
  post: { readonly forwardedFrom?: ForwardedFrom },
  source: ForwardedFrom,
): ForwardedFrom {
  return post.forwardedFrom ?? source;
}
