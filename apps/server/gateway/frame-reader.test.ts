import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limits } from '@heliogram/protocol';
import { SeededRandom } from '@heliogram/testing';
import * as library from 'ws';
import { fixedNumber } from '../tests/environment.ts';
import { FrameReader } from './frame-reader.ts';

const seed = fixedNumber('SEED') ?? Math.floor(Math.random() * 2 ** 31);

/** A client's frame (RFC 6455 §5.2), masked. */
function frame(first: number, payload: Uint8Array, mask: Uint8Array): Buffer {
  const { byteLength } = payload;
  const header = [Buffer.from([first])];
  if (byteLength < 126) header.push(Buffer.from([0x80 | byteLength]));
  else if (byteLength < 65_536) {
    const length = Buffer.from([0x80 | 126, 0, 0]);
    length.writeUInt16BE(byteLength, 1);
    header.push(length);
  } else {
    const length = Buffer.alloc(9, 0x80 | 127);
    length.writeBigUInt64BE(BigInt(byteLength), 1);
    header.push(length);
  }
  const body = Buffer.from(payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0)));
  return Buffer.concat([...header, mask, body]);
}

type Heard = { readonly what: 'message' | 'ping'; readonly hex: string };

/** Reads the chunks in turn until the reader closes. */
function hear(chunks: readonly Buffer[]): { heard: Heard[]; code: number | undefined } {
  const reader = new FrameReader();
  const heard: Heard[] = [];
  const note = (what: Heard['what']) => (bytes: Uint8Array) => {
    heard.push({ what, hex: Buffer.from(bytes).toString('hex') });
  };
  const sink = { message: note('message'), ping: note('ping') };
  for (const chunk of chunks) {
    // A copy: the reader unmasks in place.
    const code = reader.read(Buffer.from(chunk), sink);
    if (code !== undefined) return { heard, code };
  }
  return { heard, code: undefined };
}

function cut(bytes: Buffer, random: SeededRandom): Buffer[] {
  const chunks: Buffer[] = [];
  for (let at = 0; at < bytes.byteLength; ) {
    const size = random.chance(0.3) ? 1 : random.int(1, 3_000);
    chunks.push(bytes.subarray(at, at + size));
    at += size;
  }
  return chunks;
}

/** Messages in fragments with pings between them, as bytes and as what must be heard. */
function talk(random: SeededRandom): { bytes: Buffer; heard: Heard[] } {
  const parts: Buffer[] = [];
  const heard: Heard[] = [];
  const put = (first: number, payload: Uint8Array) =>
    parts.push(frame(first, payload, random.bytes(4)));
  const ping = () => {
    const payload = random.bytes(random.int(0, 125));
    put(0x89, payload);
    heard.push({ what: 'ping', hex: Buffer.from(payload).toString('hex') });
  };
  for (let message = random.int(1, 12); message > 0; message -= 1) {
    if (random.chance(0.2)) put(0x8a, random.bytes(random.int(0, 125)));
    const fragments = Array.from({ length: random.chance(0.6) ? 1 : random.int(2, 6) }, () =>
      random.bytes(random.pick([0, 1, 125, 126, random.int(0, 500), random.int(0, 70_000)])),
    );
    for (const [index, fragment] of fragments.entries()) {
      const opcode = index === 0 ? 2 : 0;
      put((index === fragments.length - 1 ? 0x80 : 0) | opcode, fragment);
      if (index < fragments.length - 1 && random.chance(0.3)) ping();
    }
    heard.push({ what: 'message', hex: Buffer.concat(fragments).toString('hex') });
  }
  return { bytes: Buffer.concat(parts), heard };
}

test(`GTW-12: whatever the fragments and chunks, every message comes whole and in order (seed ${seed})`, () => {
  const random = new SeededRandom(seed, 'talk');
  for (let round = 0; round < 60; round += 1) {
    const { bytes, heard } = talk(random);
    assert.deepEqual(hear(cut(bytes, random)), { heard, code: undefined });
    assert.deepEqual(hear([bytes]), { heard, code: undefined });
  }
});

test('GTW-10: what breaks the rules is answered with the code that the RFC has for it', () => {
  const mask = new Uint8Array([1, 2, 3, 4]);
  const broken: [number, Buffer][] = [
    [1008, frame(0x81, Buffer.from('text'), mask)],
    [1002, Buffer.from([0x82, 1, 0])],
    [1002, frame(0xc2, new Uint8Array(), mask)],
    [1002, frame(0x83, new Uint8Array(), mask)],
    [1002, frame(0x80, new Uint8Array(), mask)],
    [1002, Buffer.concat([frame(0x02, mask, mask), frame(0x82, mask, mask)])],
    [1002, frame(0x09, new Uint8Array(), mask)],
    [1002, frame(0x89, new Uint8Array(126), mask)],
    [1002, frame(0x88, new Uint8Array(1), mask)],
    [1002, frame(0x88, Buffer.from([0x03, 0xed]), mask)],
    [1005, frame(0x88, new Uint8Array(), mask)],
    [1000, frame(0x88, Buffer.from([0x03, 0xe8]), mask)],
    [1009, Buffer.from([0x82, 0xff, ...new Array<number>(8).fill(0xff), 1, 2, 3, 4])],
    [1009, frame(0x82, new Uint8Array(limits.maxFrameBytes + 1), mask)],
  ];
  for (const [code, bytes] of broken) {
    assert.equal(hear([bytes]).code, code, bytes.toString('hex', 0, 20));
    assert.equal(hear([...bytes.subarray(0, 200)].map((byte) => Buffer.from([byte]))).code, code);
  }
  const whole = frame(0x82, new Uint8Array(limits.maxFrameBytes), mask);
  assert.equal(hear([whole]).heard.length, 1, 'the largest message passes');
});

/** What the library of everybody else makes of the same bytes. */
async function hearByLibrary(bytes: Buffer): Promise<{ heard: Heard[]; failed: boolean }> {
  const { Receiver } = library as unknown as { Receiver: new (options: object) => LibraryReceiver };
  const receiver = new Receiver({
    isServer: true,
    maxPayload: limits.maxFrameBytes,
    skipUTF8Validation: true,
    binaryType: 'nodebuffer',
  });
  const heard: Heard[] = [];
  let failed = false;
  let over = false;
  receiver.on('message', (data: Buffer, isBinary: boolean) => {
    if (!isBinary) over = true;
    if (!over) heard.push({ what: 'message', hex: data.toString('hex') });
  });
  receiver.on('ping', (data: Buffer) => {
    if (!over) heard.push({ what: 'ping', hex: data.toString('hex') });
  });
  receiver.on('error', () => {
    failed = true;
  });
  receiver.on('conclude', () => {
    over = true;
  });
  receiver.write(bytes);
  await new Promise((resolve) => setImmediate(resolve));
  return { heard, failed: failed || over };
}

type LibraryReceiver = {
  on(event: string, listener: (...values: never[]) => void): void;
  write(bytes: Buffer): void;
};

test(`GTW-10: damaged streams mean the same as to another implementation (seed ${seed})`, async () => {
  const random = new SeededRandom(seed, 'damage');
  let failures = 0;
  for (let round = 0; round < 400; round += 1) {
    const { bytes } = talk(random);
    const damaged = bytes.subarray(0, 4_000);
    for (let hits = random.int(1, 4); hits > 0; hits -= 1) {
      damaged[random.int(0, Math.min(40, damaged.byteLength - 1))] = random.int(0, 255);
    }
    const theirs = await hearByLibrary(Buffer.from(damaged));
    const ours = hear(cut(damaged, random));
    // A text frame that is only begun is refused here at once, there at its end.
    if (ours.code !== 1008) assert.equal(ours.code !== undefined, theirs.failed, `round ${round}`);
    assert.deepEqual(ours.heard, theirs.heard.slice(0, ours.heard.length), `round ${round}`);
    if (ours.code !== 1008) assert.equal(ours.heard.length, theirs.heard.length);
    if (theirs.failed) failures += 1;
  }
  assert.ok(failures > 50 && failures < 400, `${failures} streams failed`);
});
