import { ascii, erase } from '../codec/bytes.ts';
import type { SuiteCrypto } from '../crypto-provider.ts';
import { deriveTreeSecret, expandWithLabel } from '../labels/derive.ts';
import { failureOf } from '../validation/checks.ts';

/** One message's key and nonce (RFC 9420 section 9.1). */
export interface MessageKey {
  readonly key: Uint8Array;
  readonly nonce: Uint8Array;
}

/** A hash ratchet: the secret of the next generation, and keys of overtaken ones. */
export interface Ratchet {
  readonly generation: number;
  readonly secret: Uint8Array;
  readonly skipped: ReadonlyMap<number, MessageKey>;
}

export type RatchetKind = 'handshake' | 'application';

/**
 * A secret tree (section 9) as an immutable value. A node's secret is there until it is first
 * needed; then its children's secrets, or a leaf's ratchets, take its place.
 */
export type SecretTree =
  | { readonly kind: 'secret'; readonly width: number; readonly secret: Uint8Array }
  | {
      readonly kind: 'split';
      readonly width: number;
      readonly left: SecretTree;
      readonly right: SecretTree;
    }
  | ({ readonly kind: 'leaf'; readonly width: 1 } & Readonly<Record<RatchetKind, Ratchet>>);

/** What taking a key leaves behind. */
export interface TakenKey extends MessageKey {
  readonly generation: number;
  readonly tree: SecretTree;
  /** Secrets of the former tree that the new one lacks: to be erased once the new one is kept. */
  readonly retired: readonly Uint8Array[];
}

export interface KeyPlace {
  readonly leaf: number;
  readonly kind: RatchetKind;
}

export interface RatchetWindow {
  readonly maxForwardGenerations: number;
  readonly maxSkippedKeys: number;
}

const left = ascii('left');
const right = ascii('right');
const maxGeneration = 0xffffffff;

/** @param width number of leaf positions of the ratchet tree. */
export function secretTreeOf(encryptionSecret: Uint8Array, width: number): SecretTree {
  return { kind: 'secret', width, secret: encryptionSecret };
}

/** Key and nonce of a sender's next generation. */
export function takeNextKey(crypto: SuiteCrypto, tree: SecretTree, place: KeyPlace): TakenKey {
  const change = (ratchet: Ratchet): Step => {
    if (ratchet.generation > maxGeneration) throw failureOf('private-generation-window');
    return step(crypto, ratchet);
  };
  return changeRatchet(crypto, tree, { ...place, change });
}

/**
 * Key and nonce of a given generation. Generations passed over are kept as keys, newest
 * `maxSkippedKeys` of them; a generation taken before, or too far ahead, fails the check
 * `private-generation-window`.
 */
export function takeKey(
  crypto: SuiteCrypto,
  tree: SecretTree,
  place: KeyPlace & { readonly generation: number; readonly window: RatchetWindow },
): TakenKey {
  const change = (ratchet: Ratchet): Step =>
    place.generation < ratchet.generation
      ? takeSkipped(ratchet, place.generation)
      : advance(crypto, ratchet, place);
  return changeRatchet(crypto, tree, { leaf: place.leaf, kind: place.kind, change });
}

/** Where a sender's ratchet stands. */
export interface RatchetPosition {
  readonly generation: number;
  readonly secret: Uint8Array;
}

/** The beginning of a sender's ratchet, from the root of an unused tree; the tree stays as it is. */
export function firstPosition(
  crypto: SuiteCrypto,
  root: Extract<SecretTree, { kind: 'secret' }>,
  place: KeyPlace,
): RatchetPosition {
  let tree: SecretTree = root;
  let { leaf } = place;
  while (tree.kind !== 'leaf') {
    const expanded: SecretTree = tree.kind === 'secret' ? expand(crypto, tree) : tree;
    if (expanded.kind !== 'split') {
      tree = expanded;
      continue;
    }
    const half: number = expanded.width / 2;
    tree = leaf < half ? expanded.left : expanded.right;
    if (leaf >= half) leaf -= half;
  }
  const { generation, secret } = tree[place.kind];
  return { generation, secret };
}

/** The position some generations on; keys passed over are not derived. */
export function advancePosition(
  crypto: SuiteCrypto,
  from: RatchetPosition,
  generation: number,
): RatchetPosition {
  let { secret } = from;
  const length = crypto.suite.hashLength;
  for (let passed = from.generation; passed < generation; passed++) {
    const left = secret;
    secret = deriveTreeSecret(crypto, { secret, label: 'secret', generation: passed, length });
    if (left !== from.secret) erase(left);
  }
  return { generation, secret };
}

/** Key and nonce of the generation at which a ratchet stands. */
export function keyAt(crypto: SuiteCrypto, { generation, secret }: RatchetPosition): MessageKey {
  const { aeadKeyLength, aeadNonceLength } = crypto.suite;
  return {
    key: deriveTreeSecret(crypto, { secret, label: 'key', generation, length: aeadKeyLength }),
    nonce: deriveTreeSecret(crypto, {
      secret,
      label: 'nonce',
      generation,
      length: aeadNonceLength,
    }),
  };
}

/** Every secret held, for erasing a tree as a whole. */
export function* secretsIn(tree: SecretTree): IterableIterator<Uint8Array> {
  if (tree.kind === 'secret') yield tree.secret;
  if (tree.kind === 'split') {
    yield* secretsIn(tree.left);
    yield* secretsIn(tree.right);
  }
  if (tree.kind !== 'leaf') return;
  for (const ratchet of [tree.handshake, tree.application]) {
    yield ratchet.secret;
    for (const { key, nonce } of ratchet.skipped.values()) yield* [key, nonce];
  }
}

interface Step extends MessageKey {
  readonly generation: number;
  readonly ratchet: Ratchet;
  readonly retired: readonly Uint8Array[];
}

interface RatchetChange extends KeyPlace {
  readonly change: (ratchet: Ratchet) => Step;
}

function changeRatchet(crypto: SuiteCrypto, tree: SecretTree, place: RatchetChange): TakenKey {
  if (tree.kind === 'leaf') {
    const { ratchet, ...taken } = place.change(tree[place.kind]);
    return { ...taken, tree: { ...tree, [place.kind]: ratchet } };
  }
  if (tree.kind === 'secret') {
    const taken = changeRatchet(crypto, expand(crypto, tree), place);
    return { ...taken, retired: [...taken.retired, tree.secret] };
  }
  const half = tree.width / 2;
  const goesLeft = place.leaf < half;
  const below = goesLeft ? tree.left : tree.right;
  const leaf = goesLeft ? place.leaf : place.leaf - half;
  const taken = changeRatchet(crypto, below, { ...place, leaf });
  const changed = goesLeft ? { left: taken.tree } : { right: taken.tree };
  return { ...taken, tree: { ...tree, ...changed } };
}

function expand(crypto: SuiteCrypto, tree: Extract<SecretTree, { kind: 'secret' }>): SecretTree {
  const { secret, width } = tree;
  const length = crypto.suite.hashLength;
  if (width === 1) {
    return {
      kind: 'leaf',
      width: 1,
      handshake: ratchetOf(crypto, secret, 'handshake'),
      application: ratchetOf(crypto, secret, 'application'),
    };
  }
  const child = (context: Uint8Array): SecretTree => ({
    kind: 'secret',
    width: width / 2,
    secret: expandWithLabel(crypto, { secret, label: 'tree', context, length }),
  });
  return { kind: 'split', width, left: child(left), right: child(right) };
}

function ratchetOf(crypto: SuiteCrypto, leafSecret: Uint8Array, kind: RatchetKind): Ratchet {
  const secret = expandWithLabel(crypto, {
    secret: leafSecret,
    label: kind,
    context: new Uint8Array(0),
    length: crypto.suite.hashLength,
  });
  return { generation: 0, secret, skipped: new Map() };
}

function step(crypto: SuiteCrypto, ratchet: Ratchet): Step {
  const { generation } = ratchet;
  const next = advancePosition(crypto, ratchet, generation + 1);
  return {
    ...keyAt(crypto, ratchet),
    generation,
    ratchet: { ...next, skipped: ratchet.skipped },
    retired: [ratchet.secret],
  };
}

function takeSkipped(ratchet: Ratchet, generation: number): Step {
  const found = ratchet.skipped.get(generation);
  if (found === undefined) throw failureOf('private-generation-window');
  const skipped = new Map(ratchet.skipped);
  skipped.delete(generation);
  // Copies: the caller erases what it is given, and this may be for a message that fails to open.
  return {
    key: found.key.slice(),
    nonce: found.nonce.slice(),
    generation,
    ratchet: { ...ratchet, skipped },
    retired: [found.key, found.nonce],
  };
}

function advance(
  crypto: SuiteCrypto,
  ratchet: Ratchet,
  { generation, window }: { readonly generation: number; readonly window: RatchetWindow },
): Step {
  if (generation - ratchet.generation > window.maxForwardGenerations) {
    throw failureOf('private-generation-window');
  }
  const skipped = new Map(ratchet.skipped);
  const firstKept = Math.max(ratchet.generation, generation - window.maxSkippedKeys);
  let position = advancePosition(crypto, ratchet, firstKept);
  while (position.generation < generation) {
    skipped.set(position.generation, keyAt(crypto, position));
    position = leavePosition(crypto, position, ratchet);
  }
  const key = keyAt(crypto, position);
  const next = leavePosition(crypto, position, ratchet);
  const dropped = dropOldest(skipped, window.maxSkippedKeys);
  const retired = [ratchet.secret, ...dropped];
  return { ...key, generation, ratchet: { ...next, skipped }, retired };
}

/** One generation on; the secret left behind is erased unless the former ratchet still holds it. */
function leavePosition(
  crypto: SuiteCrypto,
  position: RatchetPosition,
  former: RatchetPosition,
): RatchetPosition {
  const next = advancePosition(crypto, position, position.generation + 1);
  if (position.secret !== former.secret) erase(position.secret);
  return next;
}

function dropOldest(skipped: Map<number, MessageKey>, keep: number): Uint8Array[] {
  const dropped: Uint8Array[] = [];
  for (const [generation, { key, nonce }] of skipped) {
    if (skipped.size <= keep) break;
    skipped.delete(generation);
    dropped.push(key, nonce);
  }
  return dropped;
}
