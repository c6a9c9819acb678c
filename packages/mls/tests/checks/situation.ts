import type { Environment, GroupRequest } from '../../src/index.ts';
import { Client, environment, groupOf, now } from '../members.ts';

export interface Situation {
  readonly alice: Client;
  readonly bob: Client;
  /** A member that knows no rules. */
  readonly mallory: Client;
  /** Not a member. */
  readonly eve: Client;
}

let situations = 0;

/** Alice, Bob and Mallory, and a fourth member with fresh paths; `bobs` is Bob's own environment. */
export async function situation(
  founding: Partial<GroupRequest> = {},
  bobs: Partial<Environment> = {},
): Promise<Situation> {
  const [alice, bob, mallory, dave] = await groupOf(['alice', 'bob', 'mallory', 'dave'], {
    founding,
  });
  if (!alice || !bob || !mallory || !dave) throw new Error('Four were asked for');
  const update = await dave.commit();
  for (const other of [alice, bob, mallory]) await other.hear(update.message);
  dave.accept();
  const eve = new Client('eve', environment(`eve ${situations++}`));
  return { alice, bob: clientWith(bob, bobs), mallory, eve };
}

function clientWith(client: Client, changes: Partial<Environment>): Client {
  const changed = new Client(client.name, { ...client.env, ...changes }, client.cipherSuite);
  changed.state = client.state;
  return changed;
}

export const longAgo = { notBefore: now - 7200n, notAfter: now - 3600n };
