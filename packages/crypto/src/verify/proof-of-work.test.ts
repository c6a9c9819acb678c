import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { expectError, invalid, unverified } from '../../tests/expect-error.ts';
import { seededRandom } from '../../tests/seeded-random.ts';
import { solveProofOfWork } from '../solve-proof-of-work.ts';
import { verifyProofOfWork } from './proof-of-work.ts';

const random = seededRandom('work');
const task = { challenge: random(32), identityPublicKey: random(32), difficultyBits: 12 };

function solve(difficultyBits: number): number {
  const turn = solveProofOfWork({ ...task, difficultyBits }, { from: 0, attempts: 1_000_000 });
  assert.ok(turn.solved);
  return turn.nonce;
}

test('IDN-9: a solution begins with the zero bits that were asked for', () => {
  const nonce = solve(12);
  const prefix = createHash('sha256')
    .update('\u001aHeliogram proof of work v1')
    .update(task.identityPublicKey)
    .update(Buffer.from('0020', 'hex'))
    .update(task.challenge)
    .update(Uint8Array.of(12))
    .digest();
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(nonce));
  const hash = createHash('sha256').update(prefix).update(counter).digest();
  assert.equal(hash.readUInt16BE(0) >> 4, 0);
  verifyProofOfWork(task, nonce);
});

test('IDN-9: work for one account, challenge or difficulty serves no other', async () => {
  const nonce = solve(12);
  const others = [
    { ...task, challenge: random(32) },
    { ...task, identityPublicKey: random(32) },
    { ...task, difficultyBits: 13 },
    { ...task, difficultyBits: 40 },
  ];
  for (const other of others) {
    await expectError(unverified('work-missing'), () => verifyProofOfWork(other, nonce));
  }
  await expectError(unverified('work-missing'), () => verifyProofOfWork(task, nonce + 2 ** 32));
});

test('IDN-9: no difficulty takes any nonce, and what is no nonce is refused', async () => {
  for (const nonce of [0, 1, 2 ** 32, Number.MAX_SAFE_INTEGER]) {
    verifyProofOfWork({ ...task, difficultyBits: 0 }, nonce);
  }
  for (const nonce of [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
    await expectError(invalid('bad-nonce'), () => verifyProofOfWork(task, nonce));
  }
  for (const difficultyBits of [-1, 41, 1.5]) {
    const expected = { name: 'UsageError', code: 'bad-difficulty' };
    await expectError(expected, () => verifyProofOfWork({ ...task, difficultyBits }, 0));
  }
});

test('IDN-9: a search in turns finds what one search finds, and can be left between them', () => {
  const whole = solve(10);
  let from = 0;
  for (let turns = 0; turns < 10_000; turns++) {
    const turn = solveProofOfWork({ ...task, difficultyBits: 10 }, { from, attempts: 7 });
    if (turn.solved) {
      assert.equal(turn.nonce, whole);
      assert.equal(turns, Math.floor(whole / 7));
      return;
    }
    assert.equal(turn.next, from + 7);
    from = turn.next;
  }
  assert.fail('the search never ended');
});
