import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  type Attachment,
  accountUri,
  type ContentView,
  composeDelete,
  composeEdit,
  composeForward,
  composePost,
  composeReaction,
  composeUnreaction,
  contentLimits,
  conversationUri,
  decodeContent,
  type ExtensionValue,
  encodeContent,
  type ForwardedFrom,
  houseExtension,
  type MimiContent,
  mediaUri,
  type NestedPart,
  type PostInput,
  readContent,
  withLineFeeds,
} from '../index.ts';

const room = conversationUri('cd'.repeat(16));
const envelope = {
  salt: new Uint8Array(16).fill(7),
  senderUri: accountUri('ab'.repeat(32)),
  roomUri: room,
};
const id = (byte: number) => new Uint8Array(32).fill(byte);
const photo: Attachment = {
  name: 'hill.jpg',
  mediaType: 'image/jpeg',
  size: 120_000,
  url: mediaUri('0a'.repeat(32)),
  contentHash: id(10),
  showAs: 'photo',
  width: 1_280,
  height: 960,
  blur: '1QcSHQRnh493V4dIh4eXh1h4kJUI',
  description: 'A hill at dawn',
};
const video: Attachment = {
  name: 'mirror.mp4',
  mediaType: 'video/mp4',
  size: 2 ** 31,
  url: 'https://media.example/mirror.mp4',
  contentHash: id(11),
  showAs: 'video',
  durationMs: 61_500,
  encryption: { algorithm: 2, key: id(1), nonce: id(2).slice(0, 12), aad: new Uint8Array() },
};
const file: Attachment = {
  name: 'plan.png',
  mediaType: 'image/png',
  size: 9,
  url: mediaUri('0c'.repeat(32)),
  contentHash: id(12),
  showAs: 'file',
};
const forwardedFrom: ForwardedFrom = {
  conversationId: 'ef'.repeat(16),
  seq: 42,
  title: 'Hill News',
  messageId: id(9),
};

/** As it comes out at the other end. */
function travel(content: MimiContent): ContentView {
  return readContent(decodeContent(encodeContent(content)));
}

function post(input: Partial<PostInput>): MimiContent {
  return composePost({ ...envelope, text: 'hello', ...input });
}

test('CNT-9: a post says what was put into it', () => {
  const input = {
    attachments: [photo, video, file],
    replyTo: id(3),
    forwardedFrom,
    silent: true,
    topicId: Uint8Array.of(1, 2),
    expires: { relative: true, time: 60 },
  };
  assert.deepEqual(travel(post(input)), {
    kind: 'post',
    text: 'hello',
    format: 'markdown',
    unsupportedParts: 0,
    ...input,
  });
});

test('CNT-9: a plain post has nothing but its text', () => {
  assert.deepEqual(travel(post({ format: 'plain' })), {
    ...{ kind: 'post', text: 'hello', format: 'plain', attachments: [], unsupportedParts: 0 },
    ...{ silent: false, topicId: new Uint8Array(), expires: null },
  });
});

test('CNT-9: an edit, a delete, a reaction and its end are told apart', () => {
  const edit = travel(composeEdit({ ...envelope, text: 'better', replaces: id(1) }));
  assert.deepEqual(edit, {
    ...{ kind: 'edit', replaces: id(1), text: 'better', format: 'markdown', attachments: [] },
    ...{ unsupportedParts: 0, topicId: new Uint8Array(), expires: null },
  });
  const gone = travel(composeDelete({ ...envelope, replaces: id(1) }));
  assert.deepEqual(gone, { kind: 'delete', replaces: id(1) });
  const [target, replaces] = [id(1), id(2)];
  for (const reactions of [['❤️'], ['👩🏽‍⚕️', '🎉', 'ok']]) {
    const reaction = travel(composeReaction({ ...envelope, target, reactions, replaces }));
    assert.deepEqual(reaction, { kind: 'reaction', target, reactions, replaces });
  }
  const first = travel(composeReaction({ ...envelope, target, reactions: ['👍'] }));
  assert.deepEqual(first, { kind: 'reaction', target, reactions: ['👍'] });
  const unreaction = travel(composeUnreaction({ ...envelope, target, replaces }));
  assert.deepEqual(unreaction, { kind: 'unreaction', target, replaces });
});

test('CNT-13: text arrives as it was typed; CNT-18: with the line feed as its line end', () => {
  const lines = [
    '<patifa> a_b *x* [y]',
    '  two  spaces ',
    '\tq\n\n',
    '&lt;b&gt; <b>',
    '\u0002\u001b[1m',
  ];
  for (const text of lines) assert.equal(textOf(post({ text })), text);
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      assert.equal(textOf(post({ text: `${text}a` })), withLineFeeds(`${text}a`));
    }),
  );
  assert.equal(textOf(post({ text: 'a\r\nb\rc\r\n\r\nd\u2028e\u0085f' })), 'a\nb\nc\n\nd\ne\nf');
});

function textOf(content: MimiContent): string | undefined {
  const view = travel(content);
  return view.kind === 'post' ? view.text : undefined;
}

test('CNT-12: media details stay with their attachment, alone and in an album', () => {
  for (const attachments of [[photo], [file, photo], [video, file, photo]]) {
    for (const text of ['', 'caption']) {
      const view = travel(post({ text, attachments }));
      assert.deepEqual(view.kind === 'post' && view.attachments, attachments);
    }
  }
});

test('CNT-12: what cannot be fetched and verified is no attachment', () => {
  const wrong: Partial<Attachment>[] = [
    { url: 'javascript:alert(1)' },
    { url: 'file:///etc/passwd' },
    { url: '/relative' },
    { url: 'https://user@host.example/x' },
    { url: 'https://' },
    { url: room },
    { contentHash: new Uint8Array(31) },
    { mediaType: 'image/png', showAs: 'video' },
    { width: 0 },
    { height: -1 },
    { durationMs: 0.5 },
    { blur: 'x'.repeat(129) },
  ];
  for (const fields of wrong) {
    const attachments = [{ ...photo, ...fields }];
    const refused = { code: 'content-invalid-attachment' };
    assert.throws(() => post({ attachments }), refused, JSON.stringify(fields));
  }
});

test('CNT-12: a foreign part that cannot be fetched and verified is counted, not shown', () => {
  const { nestedPart } = post({ text: '', attachments: [photo] });
  assert.ok(nestedPart.cardinality === 'external');
  const broken: NestedPart[] = [
    { ...nestedPart, url: 'javascript:alert(1)' },
    { ...nestedPart, hashAlg: 0, contentHash: new Uint8Array() },
    { ...nestedPart, disposition: 7 },
  ];
  for (const part of broken) {
    assert.deepEqual(travel({ ...post({}), nestedPart: part }), { kind: 'unknown' });
    const both = travel({ ...post({}), nestedPart: multi('processAll', [part, textPart]) });
    assert.ok(both.kind === 'post');
    assert.deepEqual([both.attachments, both.text, both.unsupportedParts], [[], 'words', 1]);
  }
});

const textPart: NestedPart = {
  ...{ disposition: 1, language: '', cardinality: 'single' },
  contentType: 'text/plain;charset=utf-8',
  content: new TextEncoder().encode('words'),
};
const strangePart: NestedPart = {
  ...textPart,
  contentType: 'application/vnd.example',
};

function multi(
  partSemantics: 'chooseOne' | 'singleUnit' | 'processAll',
  parts: NestedPart[],
): NestedPart {
  return { disposition: 1, language: '', cardinality: 'multi', partSemantics, parts };
}

test('CNT-9: part semantics decide what is shown', () => {
  const shown = (nestedPart: NestedPart) => {
    const view = travel({ ...post({}), nestedPart });
    return view.kind === 'post' ? [view.text, view.unsupportedParts] : view.kind;
  };
  assert.deepEqual(shown(multi('chooseOne', [strangePart, textPart, textPart])), ['words', 0]);
  assert.deepEqual(shown(multi('chooseOne', [strangePart, strangePart])), 'unknown');
  assert.deepEqual(shown(multi('singleUnit', [textPart, strangePart])), 'unknown');
  assert.deepEqual(shown(multi('singleUnit', [textPart, textPart])), ['words\n\nwords', 0]);
  assert.deepEqual(shown(multi('processAll', [textPart, strangePart])), ['words', 1]);
});

test('CNT-10: media details are found by part index, also after nested parts', () => {
  const [first] = partsOf(post({ attachments: [photo] }));
  assert.ok(first);
  const nestedPart = multi('processAll', [multi('processAll', [textPart, first]), first]);
  // The body is 0, the inner multipart 1, its text 2 and its photo 3, the last photo 4.
  const media = new Map([2, 3, 4].map((index) => [index, new Map([['width', index]])]));
  const extensions = new Map(post({}).extensions).set(houseExtension.media, media);
  const view = travel({ ...post({}), extensions, nestedPart });
  assert.ok(view.kind === 'post');
  assert.deepEqual(
    view.attachments.map(({ width }) => width),
    [3, 4],
  );
});

function partsOf({ nestedPart }: MimiContent): readonly NestedPart[] {
  return nestedPart.cardinality === 'multi' ? nestedPart.parts : [nestedPart];
}

test('CNT-11: a forward names its origin, and a forward of a forward the same', () => {
  const original = travel(post({ attachments: [photo] }));
  assert.ok(original.kind === 'post');
  const first = travel(composeForward({ ...envelope, post: original, source: forwardedFrom }));
  assert.ok(first.kind === 'post');
  assert.deepEqual(first, { ...original, forwardedFrom });
  const elsewhere = { conversationId: '11'.repeat(16), seq: 1, title: 'Elsewhere' };
  let last = first;
  for (let hops = 0; hops < 3; hops++) {
    const again = travel(
      composeForward({ ...envelope, post: last, source: elsewhere, silent: true }),
    );
    assert.ok(again.kind === 'post');
    assert.deepEqual(again, { ...first, silent: true });
    last = again;
  }
});

test('CNT-11: a reply and a topic do not travel with a forward', () => {
  const original = travel(post({ replyTo: id(3), topicId: Uint8Array.of(1) }));
  assert.ok(original.kind === 'post');
  const forward = composeForward({ ...envelope, post: original, source: forwardedFrom });
  assert.deepEqual([forward.inReplyTo, forward.topicId], [null, new Uint8Array()]);
});

function origin(fields: Record<string, ExtensionValue>): ExtensionValue {
  const good = { conversation: 'ef'.repeat(16), seq: 1, title: 'x' };
  return new Map(Object.entries({ ...good, ...fields }));
}

test('CNT-10: a house extension of another shape is as if it were not there', () => {
  const content = post({ attachments: [photo], text: '' });
  const strange: ExtensionValue[] = [
    ...[7, 'x', [1], new Map(), new Map([['seq', 'x']]), new Map([[0, 7]])],
    ...[origin({ seq: 0 }), origin({ title: 'x'.repeat(513) }), origin({ conversation: 'x' })],
    ...[origin({ message: new Uint8Array(31) }), origin({ message: 'x' })],
  ];
  for (const value of strange) {
    for (const key of Object.values(houseExtension)) {
      const extensions = new Map(content.extensions).set(key, value);
      const view = travel({ ...content, extensions });
      assert.ok(view.kind === 'post');
      assert.equal(view.silent, false);
      assert.equal(view.forwardedFrom, undefined);
      assert.equal(view.attachments.length, 1);
    }
  }
});

test('CNT-10: an extension that nobody knows is carried and changes nothing', () => {
  const content = post({});
  const extensions = new Map(content.extensions).set('example', [1, 'x']);
  const carried = decodeContent(encodeContent({ ...content, extensions }));
  assert.deepEqual(carried.extensions.get('example'), [1, 'x']);
  assert.deepEqual(readContent(carried), readContent(content));
});

test('CNT-9: what cannot be sent is refused with a code', () => {
  const { maxAttachments, maxReactions, maxReactionBytes } = contentLimits;
  const codeOf = (make: () => unknown, code: string) => assert.throws(make, { code });
  codeOf(() => post({ text: '' }), 'content-empty');
  codeOf(() => post({ text: '\ud800' }), 'content-invalid-utf8');
  codeOf(() => post({ replyTo: id(1).slice(1) }), 'content-invalid-id');
  codeOf(() => composeDelete({ ...envelope, replaces: new Uint8Array() }), 'content-invalid-id');
  const tooMany = Array.from({ length: maxAttachments + 1 }, () => photo);
  codeOf(() => post({ attachments: tooMany }), 'content-too-many-attachments');
  assert.ok(encodeContent(post({ attachments: tooMany.slice(1) })));
  const react = (reactions: string[]) => composeReaction({ ...envelope, target: id(1), reactions });
  codeOf(() => react([]), 'content-empty');
  codeOf(() => react(['']), 'content-field-too-long');
  codeOf(() => react(['x'.repeat(maxReactionBytes + 1)]), 'content-field-too-long');
  codeOf(() => react(Array(maxReactions + 1).fill('x')), 'content-field-too-long');
  const badOrigins: Partial<ForwardedFrom>[] = [
    { conversationId: 'EF'.repeat(16) },
    { seq: 0 },
    { seq: 1.5 },
    { title: 'x'.repeat(513) },
    { messageId: new Uint8Array(31) },
  ];
  for (const fields of badOrigins) {
    const origin = { ...forwardedFrom, ...fields };
    codeOf(() => post({ forwardedFrom: origin }), 'content-invalid-forward');
  }
});

test('CNT-9: a reaction to nothing is unknown, and so is an empty body that replaces nothing', () => {
  const reaction = composeReaction({ ...envelope, target: id(1), reactions: ['👍'] });
  assert.deepEqual(travel({ ...reaction, inReplyTo: null }), { kind: 'unknown' });
  const gone = composeDelete({ ...envelope, replaces: id(1) });
  assert.deepEqual(travel({ ...gone, replaces: null }), { kind: 'unknown' });
});

test('CNT-9: any valid content can be read', () => {
  const disposition = fc.nat({ max: 9 });
  const language = fc.constant('');
  const contentType = fc.constantFrom(
    'text/plain',
    'TEXT/Markdown; x',
    'image/png',
    'text/html',
    '',
  );
  const plain = { noNullPrototype: true };
  const single = fc.record(
    {
      ...{ disposition, language, contentType, cardinality: fc.constant('single' as const) },
      content: fc.string({ maxLength: 90 }).map((text) => new Uint8Array(Buffer.from(text))),
    },
    plain,
  );
  const nothing = fc.record(
    { disposition, language, cardinality: fc.constant('null' as const) },
    plain,
  );
  const flat = fc.oneof(single, nothing);
  const whole = fc.record(
    {
      ...{ disposition, language, cardinality: fc.constant('multi' as const) },
      partSemantics: fc.constantFrom(
        'chooseOne' as const,
        'singleUnit' as const,
        'processAll' as const,
      ),
      parts: fc.array(flat, { minLength: 2, maxLength: 12 }),
    },
    plain,
  );
  const ids = fc.option(fc.constant(id(5)));
  fc.assert(
    fc.property(fc.oneof(flat, whole), ids, ids, (nestedPart, replaces, inReplyTo) => {
      const view = travel({ ...post({}), nestedPart, replaces, inReplyTo });
      if (view.kind === 'edit' || view.kind === 'delete') assert.deepEqual(view.replaces, replaces);
      if (view.kind === 'reaction') assert.deepEqual(view.target, inReplyTo);
      if (view.kind === 'post') assert.equal(replaces, null);
    }),
  );
});
