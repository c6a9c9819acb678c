import { contentLimits } from '../limits.ts';
import { disposition, type MimiContent, type NestedPart } from '../mimi/content.ts';
import { decodeUtf8 } from '../mimi/utf8.ts';
import { qualifiedEmoji } from '../text/emoji.ts';
import { withLineFeeds } from '../text/line-ends.ts';
import { readAttachment } from './attachments.ts';
import { readForwarded, readMedia, readSilent } from './extensions.ts';
import { formatOf } from './text-types.ts';
import type { Attachment, ContentView, TextFormat } from './view.ts';

/**
 * What decoded content says, in the house's words. Whether its sender may say it (edit, delete,
 * speak for a channel) is the caller's to check.
 */
export function readContent(content: MimiContent): ContentView {
  const { nestedPart, replaces } = content;
  if (nestedPart.disposition === disposition.reaction) return readReaction(content);
  if (nestedPart.cardinality === 'null') {
    return replaces ? { kind: 'delete', replaces } : { kind: 'unknown' };
  }
  return readPost(content);
}

function readReaction(content: MimiContent): ContentView {
  const { nestedPart, replaces, inReplyTo: target } = content;
  if (nestedPart.cardinality === 'null' && replaces) {
    return { kind: 'unreaction', replaces, ...(target && { target }) };
  }
  const reactions = reactionTexts(nestedPart);
  if (!target || reactions.length === 0) return { kind: 'unknown', ...(replaces && { replaces }) };
  return { kind: 'reaction', target, reactions, ...(replaces && { replaces }) };
}

function reactionTexts(part: NestedPart): string[] {
  const { maxReactions, maxReactionBytes } = contentLimits;
  const parts = part.cardinality === 'multi' ? part.parts : [part];
  const texts = parts.flatMap((each) => {
    if (each.cardinality !== 'single' || formatOf(each.contentType) === undefined) return [];
    const fits = each.content.length > 0 && each.content.length <= maxReactionBytes;
    return fits ? [qualifiedEmoji(decodeUtf8(each.content))] : [];
  });
  return texts.slice(0, maxReactions);
}

function readPost(content: MimiContent): ContentView {
  const { replaces, inReplyTo, topicId, expires, extensions } = content;
  const found = collect(content.nestedPart, 0, content);
  const replaced = replaces && { replaces };
  if (found.texts.length + found.attachments.length === 0) return { kind: 'unknown', ...replaced };
  const forwardedFrom = readForwarded(extensions);
  const body = {
    text: found.texts.map(({ text }) => text).join('\n\n'),
    format: found.texts[0]?.format ?? 'markdown',
    attachments: found.attachments,
    unsupportedParts: found.unsupported,
    ...(inReplyTo && { replyTo: inReplyTo }),
    ...(forwardedFrom && { forwardedFrom }),
    topicId,
    expires,
  };
  if (replaces) return { kind: 'edit', replaces, ...body };
  return { kind: 'post', silent: readSilent(extensions), ...body };
}

interface Found {
  readonly texts: { readonly text: string; readonly format: TextFormat }[];
  readonly attachments: Attachment[];
  readonly unsupported: number;
}

const nothing: Found = { texts: [], attachments: [], unsupported: 0 };
const unsupported: Found = { ...nothing, unsupported: 1 };
const shown: readonly number[] = [
  disposition.unspecified,
  disposition.render,
  disposition.inline,
  disposition.attachment,
];

/** What can be shown of a part; `index` is its part index (depth first, the body is 0). */
function collect(part: NestedPart, index: number, content: MimiContent): Found {
  if (part.cardinality === 'null') return nothing;
  if (!shown.includes(part.disposition)) return unsupported;
  if (part.cardinality === 'external') {
    const attachment = readAttachment(part, readMedia(content.extensions, index));
    return attachment ? { ...nothing, attachments: [attachment] } : unsupported;
  }
  if (part.cardinality === 'single') {
    const format = formatOf(part.contentType);
    if (format === undefined) return unsupported;
    return { ...nothing, texts: [{ text: withLineFeeds(decodeUtf8(part.content)), format }] };
  }
  let next = index + 1;
  const inner = part.parts.map((nested) => {
    const found = collect(nested, next, content);
    next += countParts(nested);
    return found;
  });
  return combine(part.partSemantics, inner);
}

function combine(semantics: 'chooseOne' | 'singleUnit' | 'processAll', inner: Found[]): Found {
  const whole = (found: Found) => found.unsupported === 0 && found !== nothing;
  if (semantics === 'chooseOne') return inner.find(whole) ?? unsupported;
  // A unit of which one part cannot be shown must not be shown in part.
  if (semantics === 'singleUnit' && !inner.every(whole)) return unsupported;
  return {
    texts: inner.flatMap((found) => found.texts),
    attachments: inner.flatMap((found) => found.attachments),
    unsupported: inner.reduce((sum, found) => sum + found.unsupported, 0),
  };
}

function countParts(part: NestedPart): number {
  if (part.cardinality !== 'multi') return 1;
  return part.parts.reduce((sum, nested) => sum + countParts(nested), 1);
}
