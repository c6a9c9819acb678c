import { ValidationError } from '@heliogram/protocol';

export type Line = { readonly number: number; readonly text: string };

/** Bytes that one line may have before it is given up as too long. */
const maxLineBytes = 1_048_576;

/**
 * Lines of a stream, by what arrives together, numbered from 1, without their line ends; the last
 * needs none. Throws `malformed` for bytes that are no UTF-8, `too_large` for a line without end.
 */
export async function* lineBatches(
  input: AsyncIterable<Uint8Array>,
): AsyncGenerator<readonly Line[]> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let rest = '';
  let number = 0;
  const take = (text: string): Line[] => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > maxLineBytes) {
      throw new ValidationError(
        'too_large',
        `line ${number + lines.length + 1} is too long for a post`,
      );
    }
    return lines.map((line) => {
      number++;
      return { number, text: line.endsWith('\r') ? line.slice(0, -1) : line };
    });
  };
  for await (const bytes of input)
    yield take(decode(decoder, bytes, { after: number, end: false }));
  const last = decode(decoder, new Uint8Array(), { after: number, end: true });
  yield take(rest + last === '' ? '' : `${last}\n`);
}

type Decoder = InstanceType<typeof TextDecoder>;
type Place = { readonly after: number; readonly end: boolean };

function decode(decoder: Decoder, bytes: Uint8Array, { after, end }: Place): string {
  try {
    return decoder.decode(bytes, { stream: !end });
  } catch (cause) {
    const message = `stdin is not valid UTF-8 after line ${after}`;
    throw new ValidationError('malformed', message, { cause });
  }
}
