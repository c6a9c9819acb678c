export { avatarHue, avatarHues, initialsOf } from './avatars/face.ts';
export type { PluralForms } from './counts/plural-forms.ts';
export { ContentError, type ContentErrorCode } from './errors.ts';
export { escapeMarkdown } from './formatting/escape.ts';
export { parseMarkdown } from './formatting/parse.ts';
export { plainText, withoutControls } from './formatting/plain-text.ts';
export { shownBlocks } from './formatting/shown-blocks.ts';
export { showsText } from './formatting/shows-text.ts';
export type {
  Block,
  Code,
  FormattedText,
  Hashtag,
  Inline,
  Link,
  Mention,
  Paragraph,
  Pre,
  Quote,
  Style,
  Styled,
  Text,
} from './formatting/tree.ts';
export { type ContentLimits, contentLimits } from './limits.ts';
export {
  disposition,
  type Expiration,
  type ExtensionKey,
  type Extensions,
  type ExtensionValue,
  type ExternalPart,
  extensionKey,
  hashAlgorithm,
  type MimiContent,
  type MultiPart,
  mimiContentType,
  type NestedPart,
  type NullPart,
  type PartSemantics,
  type SinglePart,
} from './mimi/content.ts';
export { decodeContent } from './mimi/decode.ts';
export { encodeContent } from './mimi/encode.ts';
export { addresses, type MessageIdInput, messageId, messageIdOf } from './mimi/message-id.ts';
export { decodeUtf8, encodeUtf8, utf8Length } from './mimi/utf8.ts';
export {
  composeDelete,
  composeEdit,
  composePost,
  composeReaction,
  composeUnreaction,
  type Envelope,
  type PostInput,
} from './posts/compose.ts';
export { houseExtension } from './posts/extensions.ts';
export { composeForward, type ForwardInput, originOf } from './posts/forward.ts';
export { readContent } from './posts/read.ts';
export type {
  Attachment,
  AttachmentKey,
  ContentView,
  DeleteView,
  EditView,
  ForwardedFrom,
  PostView,
  ReactionView,
  ShowAs,
  TextFormat,
  UnknownView,
  UnreactionView,
} from './posts/view.ts';
export { foldBeginning, SEARCH_WORDS_VERSION } from './search/folding.ts';
export { isWordAt, matchExpression, type Phrase, searchPhrases } from './search/query.ts';
export { searchableText } from './search/searchable-text.ts';
export { type Snippet, snippetOf } from './search/snippet.ts';
export { indexedText, wordsOf } from './search/words.ts';
export { cutText, graphemeStart, wholeStart } from './text/cut.ts';
export { qualifiedEmoji } from './text/emoji.ts';
export { isolatedIn } from './text/isolate.ts';
export { withLineFeeds } from './text/line-ends.ts';
export { hasMarkStack, withBoundedMarks } from './text/marks.ts';
export { hasVisibleText } from './text/visible.ts';
export {
  accountUri,
  conversationUri,
  type HouseUri,
  mediaUri,
  parseHouseUri,
} from './uris.ts';
