import assert from 'node:assert/strict';
import { decodeMessage, encryptApplication, receive } from '../../src/index.ts';
import { named } from '../members.ts';
import type { Actor, Letter } from './actor.ts';
import type { Scene } from './scene.ts';

/** As many earlier epochs as members can still read by default. */
const window = 3n;

/** Some members send something; it is lost for some, and comes twice for others. */
export async function talk(scene: Scene): Promise<Letter[]> {
  const letters: Letter[] = [];
  for (const author of scene.dice.some(scene.upToDate, 0, 2)) {
    const text = `${author.name} in ${scene.epoch}, ${scene.dice.below(1e9)}`;
    const data = new TextEncoder().encode(text);
    const paddingBlockBytes = 1 + scene.dice.below(64);
    const send = await encryptApplication(author.env, author.state, { data, paddingBlockBytes });
    const message = author.stored(send);
    const authorLeaf = author.state.epoch.own.leafIndex;
    const letter = { epoch: author.epoch, message, text, author: author.name, authorLeaf };
    letters.push(letter);
    for (const actor of scene.actors) {
      if (actor === author || scene.dice.oneIn(12)) continue;
      actor.letters.push(letter);
      if (scene.dice.oneIn(12)) actor.letters.push(letter);
    }
    scene.count('message');
  }
  return letters;
}

/** In any order; what is not yet readable waits, and what never will be is refused. */
export async function readLetters(scene: Scene, actor: Actor): Promise<void> {
  const { dice } = scene;
  const kept: Letter[] = [];
  for (const letter of dice.some(actor.letters, actor.letters.length, actor.letters.length)) {
    const isEarly = actor.isActive && letter.epoch > actor.epoch;
    const mayWait = actor.isActive && letter.epoch + 1n >= actor.epoch && dice.oneIn(4);
    if (isEarly || mayWait) kept.push(letter);
    else await readLetter(scene, actor, letter);
  }
  actor.letters = kept;
}

async function readLetter(scene: Scene, actor: Actor, letter: Letter): Promise<void> {
  const isReplay = actor.readTexts.has(letter.text);
  const attempt = receive(actor.env, actor.state, decodeMessage(letter.message));
  if (isReplay || !mayRead(actor, letter)) {
    await assert.rejects(attempt, `${actor.name} must not read "${letter.text}"`);
    scene.count(isReplay ? 'replay refused' : 'stranger refused');
    return;
  }
  const received = await attempt;
  assert.ok(received.kind === 'application');
  assert.equal(new TextDecoder().decode(received.data), letter.text);
  assert.equal(received.sender, letter.authorLeaf);
  assert.deepEqual(received.senderLeaf.credential, named(letter.author));
  actor.become(received.state);
  received.retired.erase();
  actor.readTexts.add(letter.text);
  scene.count('message read');
}

function mayRead(actor: Actor, { epoch }: Letter): boolean {
  const wasMember =
    epoch >= actor.joinedEpoch && (actor.removedEpoch === undefined || epoch < actor.removedEpoch);
  return wasMember && epoch + window >= actor.epoch;
}
