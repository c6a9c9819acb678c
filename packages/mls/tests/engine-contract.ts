import assert from 'node:assert/strict';
import { test } from 'node:test';
import type {
  EngineCommit,
  EngineHandshake,
  EngineKeyPackage,
  EngineSend,
  MlsEngine,
} from '../src/index.ts';
import { named, now } from './members.ts';

/** What the contract needs of an engine under test. */
export interface EngineUnderTest<State> {
  readonly engine: MlsEngine<State>;
  readonly cipherSuite: number;
  newSignatureKey(): Promise<{ readonly publicKey: Uint8Array; readonly privateKey: Uint8Array }>;
}

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const bytes = (value: string): Uint8Array => new TextEncoder().encode(value);

class Member<State> {
  readonly name: string;
  readonly under: EngineUnderTest<State>;
  #state: State | undefined;

  constructor(name: string, under: EngineUnderTest<State>) {
    this.name = name;
    this.under = under;
  }

  get engine(): MlsEngine<State> {
    return this.under.engine;
  }

  get state(): State {
    assert.ok(this.#state !== undefined);
    return this.#state;
  }

  set state(state: State) {
    this.#state = state;
  }

  async identity() {
    return {
      cipherSuite: this.under.cipherSuite,
      credential: named(this.name),
      signatureKey: await this.under.newSignatureKey(),
      lifetime: { notBefore: now - 60n, notAfter: now + 60n },
    };
  }

  async found(): Promise<this> {
    this.state = await this.engine.create({ ...(await this.identity()), groupId: bytes('group') });
    return this;
  }

  async invitation(): Promise<EngineKeyPackage> {
    return this.engine.createKeyPackage(await this.identity());
  }

  sent<Output>(send: EngineSend<State, Output>): Output {
    this.state = send.state;
    return send.release(this.engine.store(send.state));
  }

  async say(words: string, about = ''): Promise<Uint8Array> {
    const message = { data: bytes(words), authenticatedData: bytes(about) };
    return this.sent(await this.engine.encrypt(this.state, message));
  }

  async hear(message: Uint8Array): Promise<string> {
    const heard = await this.engine.decrypt(this.state, message);
    this.state = heard.state;
    heard.erase();
    return text(heard.data);
  }

  async follow(message: Uint8Array): Promise<EngineHandshake<State>> {
    const handshake = await this.engine.process(this.state, message);
    if (handshake.kind === 'proposal') this.state = handshake.state;
    else {
      const step = handshake.merge(this.state);
      this.state = step.state;
      step.erase();
    }
    return handshake;
  }

  accept(): void {
    const step = this.engine.acceptCommit(this.state);
    this.state = step.state;
    step.erase();
  }

  async join(commit: EngineCommit, invitation: EngineKeyPackage, tree: Uint8Array): Promise<this> {
    const own = commit.welcomes.find(
      ({ keyPackageRef }) => Buffer.compare(keyPackageRef, invitation.reference) === 0,
    );
    assert.ok(own);
    const { welcome } = own;
    this.state = await this.engine.join({
      welcome,
      keyPackage: invitation.stored,
      ratchetTree: tree,
      claim: () => true,
    });
    return this;
  }
}

async function groupOf<State>(
  under: EngineUnderTest<State>,
  ...names: readonly string[]
): Promise<Member<State>[]> {
  const [founder, ...others] = names.map((name) => new Member(name, under));
  assert.ok(founder);
  await founder.found();
  const invitations = await Promise.all(others.map((member) => member.invitation()));
  const add = invitations.map(({ message }) => message);
  const commit = founder.sent(await founder.engine.commit(founder.state, { add }));
  founder.accept();
  const tree = founder.engine.view(founder.state).ratchetTree();
  for (const [position, member] of others.entries()) {
    const invitation = invitations[position];
    assert.ok(invitation);
    await member.join(commit, invitation, tree);
  }
  return [founder, ...others];
}

function agree<State>(members: readonly Member<State>[]): void {
  const seen = members.map(({ engine, state }) =>
    Buffer.from(engine.view(state).epochAuthenticator).toString('hex'),
  );
  assert.equal(new Set(seen).size, 1);
}

/** Behaviours that every engine behind the port must show. */
export function mlsEngineContract<State>(
  name: string,
  make: () => Promise<EngineUnderTest<State>> | EngineUnderTest<State>,
): void {
  test(`${name}: members join with a tree of its own and talk`, async () => {
    const members = await groupOf(await make(), 'alice', 'bob', 'carol');
    const [alice, bob, carol] = members;
    assert.ok(alice && bob && carol);
    agree(members);
    const message = await bob.say('hello', 'position 7');
    const heard = await alice.engine.decrypt(alice.state, message);
    assert.equal(text(heard.data), 'hello');
    assert.equal(text(heard.authenticatedData), 'position 7');
    assert.equal(heard.sender, 1);
    assert.equal(text(heard.credential.data), 'bob');
    assert.equal(await carol.hear(message), 'hello');
    await assert.rejects(carol.hear(message), { code: 'private-generation-window' });
  });

  test(`${name}: a removed member reads nothing more`, async () => {
    const members = await groupOf(await make(), 'alice', 'bob', 'carol');
    const [alice, bob, carol] = members;
    assert.ok(alice && bob && carol);
    const before = bob.state;
    const { message } = alice.sent(await alice.engine.commit(alice.state, { remove: [1] }));
    const seen = await bob.follow(message);
    assert.ok(seen.kind === 'commit' && seen.commit.removesUs);
    assert.deepEqual(seen.commit.removed, [1]);
    await carol.follow(message);
    alice.accept();
    agree([alice, carol]);
    assert.equal(bob.engine.view(bob.state).status, 'removed');
    const secret = await carol.say('among us');
    assert.equal(await alice.hear(secret), 'among us');
    await assert.rejects(bob.hear(secret));
    bob.state = before;
    await assert.rejects(bob.hear(secret));
  });

  test(`${name}: exports are equal in an epoch and differ between epochs`, async () => {
    const members = await groupOf(await make(), 'alice', 'bob');
    const [alice, bob] = members;
    assert.ok(alice && bob);
    const exported = (member: Member<State>, label = 'key') =>
      text(member.engine.export(member.state, { label, context: bytes('c'), length: 32 }));
    const first = exported(alice);
    assert.equal(first, exported(bob));
    assert.notEqual(first, exported(alice, 'other'));
    const { message } = alice.sent(await alice.engine.commit(alice.state, {}));
    await bob.follow(message);
    alice.accept();
    assert.equal(exported(alice), exported(bob));
    assert.notEqual(first, exported(alice));
  });

  test(`${name}: what is stored goes on as if never interrupted`, async () => {
    const members = await groupOf(await make(), 'alice', 'bob');
    const [alice, bob] = members;
    assert.ok(alice && bob);
    for (const member of members)
      member.state = member.engine.restore(member.engine.store(member.state));
    assert.equal(await bob.hear(await alice.say('one')), 'one');
    const { message } = bob.sent(await bob.engine.commit(bob.state, {}));
    bob.state = bob.engine.restore(bob.engine.store(bob.state));
    assert.ok(bob.engine.view(bob.state).isCommitPending);
    await alice.follow(message);
    bob.accept();
    agree(members);
  });

  test(`${name}: nothing is released before it is stored, and no state sends twice`, async () => {
    const [alice] = await groupOf(await make(), 'alice', 'bob');
    assert.ok(alice);
    const before = alice.engine.store(alice.state);
    const send = await alice.engine.encrypt(alice.state, { data: bytes('x') });
    assert.throws(() => send.release(before), { code: 'state-not-stored' });
    await assert.rejects(alice.engine.encrypt(alice.state, { data: bytes('y') }), {
      code: 'state-superseded',
    });
  });

  test(`${name}: the loser of a race learns what remains to be done`, async () => {
    const members = await groupOf(await make(), 'alice', 'bob', 'carol');
    const [alice, bob, carol] = members;
    assert.ok(alice && bob && carol);
    const dave = new Member('dave', alice.under);
    const invitation = await dave.invitation();
    const changes = { add: [invitation.message], remove: [2] };
    alice.sent(await alice.engine.commit(alice.state, changes));
    const { message } = bob.sent(await bob.engine.commit(bob.state, { remove: [2] }));
    bob.accept();
    const handshake = await alice.engine.process(alice.state, message);
    assert.ok(handshake.kind === 'commit');
    const step = handshake.merge(alice.state);
    alice.state = step.state;
    assert.deepEqual(step.toRedo.remove, []);
    assert.deepEqual(step.toRedo.add, [invitation.message]);
    const again = alice.sent(await alice.engine.commit(alice.state, step.toRedo));
    await bob.follow(again.message);
    alice.accept();
    await dave.join(again, invitation, alice.engine.view(alice.state).ratchetTree());
    agree([alice, bob, dave]);
  });

  test(`${name}: an external commit lets in who holds the group info`, async () => {
    const members = await groupOf(await make(), 'alice', 'bob');
    const [alice, bob] = members;
    assert.ok(alice && bob);
    const erin = new Member('erin', alice.under);
    const { cipherSuite: _, ...identity } = await erin.identity();
    const ratchetTree = alice.engine.view(alice.state).ratchetTree();
    const groupInfo = await alice.engine.groupInfo(alice.state);
    const door = { ...identity, groupInfo, ratchetTree };
    const message = erin.sent(await erin.engine.joinExternally(door));
    for (const member of members) {
      const seen = await member.follow(message);
      assert.ok(seen.kind === 'commit' && seen.commit.isExternal);
    }
    agree([alice, bob, erin]);
  });

  test(`${name}: a sealed epoch is read from its parts`, async () => {
    const members = await groupOf(await make(), 'alice', 'bob');
    const [alice, bob] = members;
    assert.ok(alice && bob);
    const first = alice.engine.seal(alice.state);
    const { message } = alice.sent(await alice.engine.commit(alice.state, {}));
    await bob.follow(message);
    alice.accept();
    const second = alice.engine.seal(alice.state, first.roster);
    const words = await bob.say('for later');
    const history = alice.engine.unseal(second, [first.rosterPart, second.rosterPart]);
    const read = await history.read(words);
    assert.equal(text(read.data), 'for later');
    assert.equal(text(read.credential.data), 'bob');
    assert.throws(() => alice.engine.unseal(second, [second.rosterPart]), { code: 'wrong-roster' });
  });
}
