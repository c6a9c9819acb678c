import type { ExtensionKey, Extensions, ExtensionValue } from '../mimi/content.ts';
import { utf8Length } from '../mimi/utf8.ts';
import { parseHouseUri } from '../uris.ts';
import type { Attachment, ForwardedFrom } from './view.ts';

/** Extension keys of the house: text, as the draft keeps it for private use (CNT-10). */
export const houseExtension = Object.freeze({
  forwarded: 'heliogram/forwarded',
  media: 'heliogram/media',
  silent: 'heliogram/silent',
});

export type MediaDetails = Pick<Attachment, 'width' | 'height' | 'blur' | 'durationMs'>;

export const maxBlurBytes = 128;
export const maxTitleBytes = 512;

export function forwardedValue(from: ForwardedFrom): ExtensionValue {
  const fields = new Map<ExtensionKey, ExtensionValue>([
    ['conversation', from.conversationId],
    ['seq', from.seq],
    ['title', from.title],
  ]);
  if (from.messageId) fields.set('message', from.messageId);
  return fields;
}

/** The attribution, or `undefined` where there is none or it is not of the documented shape. */
export function readForwarded(extensions: Extensions): ForwardedFrom | undefined {
  const fields = mapAt(extensions, houseExtension.forwarded);
  const conversationId = fields?.get('conversation');
  const seq = fields?.get('seq');
  const title = fields?.get('title');
  const messageId = fields?.get('message');
  if (typeof conversationId !== 'string' || typeof title !== 'string') return undefined;
  if (!isConversationId(conversationId) || utf8Length(title) > maxTitleBytes) return undefined;
  if (typeof seq !== 'number' || seq < 1) return undefined;
  if (messageId === undefined) return { conversationId, seq, title };
  if (!(messageId instanceof Uint8Array) || messageId.length !== 32) return undefined;
  return { conversationId, seq, title, messageId };
}

export function isConversationId(id: string): boolean {
  return parseHouseUri(`mimi:///r/${id}`)?.kind === 'conversation';
}

/** Details by part index; `undefined` where no part has any. */
export function mediaValue(details: ReadonlyMap<number, MediaDetails>): ExtensionValue | undefined {
  const value = new Map<ExtensionKey, ExtensionValue>();
  for (const [index, detail] of details) {
    const fields = Object.entries(detail).filter(([, field]) => field !== undefined);
    if (fields.length > 0) value.set(index, new Map(fields));
  }
  return value.size > 0 ? value : undefined;
}

/** Details of the part at `index`; a detail that is not of the documented shape is left out. */
export function readMedia(extensions: Extensions, index: number): MediaDetails {
  const fields = mapAt(mapAt(extensions, houseExtension.media), index);
  const blur = fields?.get('blur');
  return {
    ...positive(fields, 'width'),
    ...positive(fields, 'height'),
    ...positive(fields, 'durationMs'),
    ...(typeof blur === 'string' && utf8Length(blur) <= maxBlurBytes ? { blur } : {}),
  };
}

export function readSilent(extensions: Extensions): boolean {
  return extensions.get(houseExtension.silent) === true;
}

function positive(
  fields: Extensions | undefined,
  name: 'width' | 'height' | 'durationMs',
): MediaDetails {
  const value = fields?.get(name);
  return typeof value === 'number' && value > 0 ? { [name]: value } : {};
}

function mapAt(map: Extensions | undefined, key: ExtensionKey): Extensions | undefined {
  const value = map?.get(key);
  return value instanceof Map ? value : undefined;
}
