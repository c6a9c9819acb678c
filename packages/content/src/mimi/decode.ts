import { cdeDecodeOptions, decode } from 'cbor2';
import { ContentError } from '../errors.ts';
import { type ContentLimits, contentLimits } from '../limits.ts';
import { checkContent } from './checks.ts';
import type { MimiContent } from './content.ts';
import { encodeUnchecked } from './encode.ts';
import { readContentFields } from './schema.ts';

const cborOptions = {
  ...cdeDecodeOptions,
  preferMap: true,
  maxDepth: 16,
  ignoreGlobalTags: true,
  rejectFloats: true,
  rejectSimple: true,
  rejectUndefined: true,
};

/**
 * Decodes and checks content. Accepts exactly the bytes that `encodeContent` would make of the
 * result: deterministic CBOR, valid UTF-8, within `limits`. The result shares no memory with
 * `bytes`. Costs time and memory linear in `limits.maxBytes`, whatever the bytes are.
 *
 * @throws ContentError for every input it does not accept; nothing else is thrown.
 */
export function decodeContent(
  bytes: Uint8Array,
  limits: ContentLimits = contentLimits,
): MimiContent {
  if (bytes.length > limits.maxBytes) {
    throw new ContentError('content-too-large', `content is over ${limits.maxBytes} bytes`);
  }
  const own = new Uint8Array(bytes);
  const content = readContentFields(decodeCbor(own));
  checkContent(content, limits);
  // The decoder's options refuse every other encoding already; this does not depend on them.
  if (!sameBytes(encodeUnchecked(content), own)) {
    throw new ContentError('content-not-canonical', 'content is not deterministic CBOR');
  }
  return content;
}

function decodeCbor(bytes: Uint8Array): unknown {
  try {
    return decode(bytes, cborOptions);
  } catch {
    // Plain and range errors alike. Their text quotes bytes of the input, so it goes no further.
    throw new ContentError('content-malformed', 'content is not deterministic CBOR');
  }
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
