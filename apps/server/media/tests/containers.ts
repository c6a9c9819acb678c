/** Small files of each container, made by hand: what is in them is known byte by byte. */

type Bytes = Uint8Array;

export function box(type: string, ...bodies: readonly Bytes[]): Buffer {
  const body = Buffer.concat(bodies);
  const header = Buffer.alloc(8);
  header.writeUInt32BE(body.length + 8, 0);
  header.write(type, 4, 'latin1');
  return Buffer.concat([header, body]);
}

const numbers = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value, index * 4);
  return bytes;
};
const fourCc = (text: string): Buffer => Buffer.from(text, 'latin1');
const ONE = 0x10000;

function trackHeader({
  width,
  height,
  turned = false,
}: {
  width: number;
  height: number;
  turned?: boolean;
}) {
  const matrix = turned
    ? numbers(0, ONE, 0, 0xffff0000, 0, 0, 0, 0, 0x40000000)
    : numbers(ONE, 0, 0, 0, ONE, 0, 0, 0, 0x40000000);
  return box('tkhd', Buffer.alloc(40), matrix, numbers(width * ONE, height * ONE));
}

const handler = (kind: string) => box('hdlr', numbers(0, 0), fourCc(kind), Buffer.alloc(13));

/** One chunk of one sample. */
const sampleTable = (offset: number, size: number) =>
  box(
    'minf',
    box(
      'stbl',
      box('stsc', numbers(0, 1, 1, 1, 1)),
      box('stsz', numbers(0, 0, 1, size)),
      box('stco', numbers(0, 1, offset)),
    ),
  );

export const PLACE = '+52.3702+004.8952/';
export const POSITION = 'GPS 52.3702N 4.8952E';
export const FRAME = 'frame of the picture';

/** A film of one frame, with places in user data, in metadata and in a track of positions. */
export function mp4(change: { turned?: boolean; video?: boolean; brand?: string } = {}): Buffer {
  const { turned = false, video = true, brand = 'isom' } = change;
  const type = box('ftyp', fourCc(brand), numbers(0), fourCc(brand));
  const data = box('mdat', fourCc(FRAME), fourCc(POSITION));
  const at = type.length + 8;
  const place = box('udta', box('\xa9xyz', Buffer.from([0, PLACE.length, 0, 0]), fourCc(PLACE)));
  const picture = video
    ? trackHeader({ width: 640, height: 360, turned })
    : trackHeader({ width: 0, height: 0 });
  const movie = box(
    'moov',
    box('mvhd', Buffer.alloc(100)),
    box(
      'trak',
      picture,
      place,
      box('mdia', handler(video ? 'vide' : 'soun'), sampleTable(at, FRAME.length)),
    ),
    box(
      'trak',
      trackHeader({ width: 0, height: 0 }),
      box('mdia', handler('meta'), sampleTable(at + FRAME.length, POSITION.length)),
    ),
    place,
    box('meta', Buffer.alloc(4), fourCc(PLACE)),
  );
  return Buffer.concat([
    type,
    data,
    movie,
    box('uuid', Buffer.alloc(16), fourCc(`<xmp>${PLACE}</xmp>`)),
  ]);
}

function element(id: string, ...bodies: readonly Bytes[]): Buffer {
  const body = Buffer.concat(bodies);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(body.length | 0x10000000, 0);
  return Buffer.concat([Buffer.from(id, 'hex'), size, body]);
}

const UNKNOWN_SIZE = Buffer.from('01ffffffffffffff', 'hex');

/** A live recording: segment and cluster without a length, then tags with a place. */
export function webm(change: { video?: boolean } = {}): Buffer {
  const { video = true } = change;
  const kind = video
    ? [
        element('83', Buffer.from([1])),
        element('e0', element('b0', Buffer.from([2, 128])), element('ba', Buffer.from([1, 104]))),
      ]
    : [element('83', Buffer.from([2]))];
  return Buffer.concat([
    element('1a45dfa3', element('4282', fourCc('webm'))),
    Buffer.from('18538067', 'hex'),
    UNKNOWN_SIZE,
    element('1654ae6b', element('ae', ...kind)),
    Buffer.from('1f43b675', 'hex'),
    UNKNOWN_SIZE,
    element('e7', Buffer.from([0])),
    element('a3', fourCc(FRAME)),
    element('1254c367', element('7373', element('67c8', fourCc(PLACE)))),
  ]);
}
