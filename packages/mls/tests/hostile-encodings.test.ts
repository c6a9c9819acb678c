import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  decodeMessage,
  encodeMessage,
  exportGroupInfo,
  MlsError,
  restoreState,
  snapshotState,
  ValidationError,
} from '../src/index.ts';
import { decodeRatchetTree, encodeRatchetTree } from '../src/tree/tree-codec.ts';
import { situation } from './checks/situation.ts';
import { Dice } from './fuzz/dice.ts';

const { alice, bob, mallory, eve } = await situation();
const made = await eve.keyPackage();
const adding = await alice.commit({ proposals: [{ kind: 'add', keyPackage: made.keyPackage }] });
assert.ok(adding.welcome);
const privateCommit = await bob.commit({ format: 'private', forcePath: true });

/** One of each kind that travels. */
const messages: Readonly<Record<string, Uint8Array>> = {
  'public commit': adding.message,
  'private commit': privateCommit.message,
  'private message': await mallory.say('words'),
  welcome: encodeMessage({ kind: 'welcome', welcome: adding.welcome }),
  'key package': made.message,
  'group info': await exportGroupInfo(alice.env, alice.state, { allowExternalCommits: true }),
};
const tree = encodeRatchetTree(alice.state.epoch.tree);
const state = snapshotState(alice.env, alice.state);

type Decode = (bytes: Uint8Array) => Uint8Array;

const decoders: readonly (readonly [string, Uint8Array, Decode])[] = [
  ...Object.entries(messages).map(
    ([name, bytes]) =>
      [name, bytes, (input: Uint8Array) => encodeMessage(decodeMessage(input))] as const,
  ),
  [
    'ratchet tree',
    tree,
    (input) => encodeRatchetTree(decodeRatchetTree(input, { maxLeaves: 1024 })),
  ],
];

/** Decodes to what encodes to the same bytes, or is malformed: there is no third outcome. */
function decodesFaithfully(bytes: Uint8Array, decode: Decode): boolean {
  try {
    assert.deepEqual(decode(bytes), bytes);
    return true;
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    assert.equal(error.code, 'malformed');
    return false;
  }
}

for (const [name, bytes, decode] of decoders) {
  test(`${name}: encodes to the bytes it was decoded from`, () => {
    assert.ok(decodesFaithfully(bytes, decode));
  });

  test(`${name}: truncated at every byte it is malformed`, () => {
    for (let length = 0; length < bytes.length; length++) {
      assert.equal(decodesFaithfully(bytes.subarray(0, length), decode), false, `${length} bytes`);
    }
  });

  test(`${name}: with a byte more it is malformed`, () => {
    assert.equal(decodesFaithfully(Uint8Array.of(...bytes, 0), decode), false);
  });

  test(`${name}: with any byte changed it is faithful or malformed`, () => {
    const dice = new Dice(`bytes of ${name}`);
    for (let at = 0; at < bytes.length; at++) {
      const value = dice.below(256);
      decodesFaithfully(
        bytes.map((byte, index) => (index === at ? value : byte)),
        decode,
      );
    }
  });

  test(`${name}: with bytes cut out, doubled and made up it is faithful or malformed`, () => {
    const dice = new Dice(`splices of ${name}`);
    for (let round = 0; round < 400; round++) {
      decodesFaithfully(spliced(bytes, dice), decode);
    }
  });

  test(`${name}: a length that promises a gigabyte costs nothing`, () => {
    const start = performance.now();
    for (let at = 4; at < Math.min(bytes.length - 4, 200); at++) {
      const huge = Uint8Array.from(bytes);
      huge.set([0xbf, 0xff, 0xff, 0xff], at);
      decodesFaithfully(huge, decode);
    }
    assert.ok(performance.now() - start < 2000, 'in bounded time');
  });
}

function spliced(bytes: Uint8Array, dice: Dice): Uint8Array {
  const [from, to] = [dice.below(bytes.length), dice.below(bytes.length)];
  const invented = Uint8Array.from({ length: dice.below(24) }, () => dice.below(256));
  return Uint8Array.of(...bytes.subarray(0, from), ...invented, ...bytes.subarray(to));
}

test('random bytes are malformed', () => {
  const dice = new Dice('random bytes');
  for (let round = 0; round < 2000; round++) {
    const bytes = Uint8Array.from({ length: dice.below(200) }, () => dice.below(256));
    for (const [, , decode] of decoders) decodesFaithfully(bytes, decode);
  }
});

test('a message beyond the size limit is malformed before it is read', () => {
  const limits = { maxMessageBytes: 100 };
  assert.throws(() => decodeMessage(new Uint8Array(101), limits), { code: 'malformed' });
});

test('a tree beyond the size limit is malformed', () => {
  assert.throws(() => decodeRatchetTree(tree, { maxLeaves: 2 }), { code: 'malformed' });
});

test('a stored state: truncated at every byte it does not load', () => {
  const { head, tree: stored } = state;
  for (let length = 0; length < head.length; length++) {
    const cut = { head: head.subarray(0, length), treeBytes: stored.bytes };
    assert.throws(() => restoreState(alice.env, cut), MlsError, `${length} bytes`);
  }
  const { state: restored } = restoreState(alice.env, { head, treeBytes: stored.bytes });
  assert.deepEqual(snapshotState(alice.env, restored).head, head);
});
