import { malformed, type Reader } from '../codec/reader.ts';
import type { Writer } from '../codec/writer.ts';
import type { MessageKey, Ratchet, SecretTree } from '../secret-tree/secret-tree.ts';

const kinds = { secret: 0, split: 1, leaf: 2 } as const;

export function encodeSecretTree(writer: Writer, tree: SecretTree): void {
  writer.u8(kinds[tree.kind]);
  if (tree.kind === 'secret') writer.vector(tree.secret);
  if (tree.kind === 'split') {
    encodeSecretTree(writer, tree.left);
    encodeSecretTree(writer, tree.right);
  }
  if (tree.kind !== 'leaf') return;
  encodeRatchet(writer, tree.handshake);
  encodeRatchet(writer, tree.application);
}

export function decodeSecretTree(reader: Reader, width: number): SecretTree {
  const kind = reader.u8();
  if (kind === kinds.secret) return { kind: 'secret', width, secret: reader.vector().slice() };
  if (kind === kinds.split && width > 1) {
    const half = width / 2;
    const left = decodeSecretTree(reader, half);
    return { kind: 'split', width, left, right: decodeSecretTree(reader, half) };
  }
  if (kind === kinds.leaf && width === 1) {
    const handshake = decodeRatchet(reader);
    return { kind: 'leaf', width: 1, handshake, application: decodeRatchet(reader) };
  }
  throw malformed('a secret tree does not fit its width');
}

function encodeRatchet(writer: Writer, ratchet: Ratchet): void {
  writer.u64(BigInt(ratchet.generation)).vector(ratchet.secret);
  writer.list([...ratchet.skipped], (list, [generation, { key, nonce }]) => {
    list.u32(generation).vector(key).vector(nonce);
  });
}

function decodeRatchet(reader: Reader): Ratchet {
  const generation = Number(reader.u64());
  const secret = reader.vector().slice();
  const skipped = reader.list((list): [number, MessageKey] => [
    list.u32(),
    { key: list.vector().slice(), nonce: list.vector().slice() },
  ]);
  return { generation, secret, skipped: new Map(skipped) };
}
