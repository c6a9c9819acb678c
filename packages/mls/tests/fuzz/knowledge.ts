import assert from 'node:assert/strict';
import { type KeyName, TreeModel } from './tree-model.ts';

/** What a commit did, in the model's words. */
export interface ModelCommit {
  readonly epoch: bigint;
  /** Undefined for one who joined by this very commit. */
  readonly committerLeaf: number | undefined;
  readonly committer: string;
  readonly updated: readonly { readonly leaf: number; readonly key: KeyName }[];
  readonly removed: readonly number[];
  readonly added: readonly { readonly client: string; readonly key: KeyName }[];
  /** Key of any node after the commit, by node index: read off the new tree, if there is a path. */
  readonly pathKeys: ((node: number) => KeyName | undefined) | undefined;
}

/**
 * The closure of what everybody could derive: for each node key, commit secret and epoch secret the
 * set of clients that reach it with all they ever held. PSKs count as known to all.
 */
export class Knowledge {
  readonly tree: TreeModel;
  readonly #knowers = new Map<KeyName, Set<string>>();
  readonly #members: Map<number, string>;
  #epochKnowers: ReadonlySet<string>;

  constructor(founder: string, leafKey: KeyName) {
    this.tree = new TreeModel(leafKey);
    this.#members = new Map([[0, founder]]);
    this.#epochKnowers = new Set([founder]);
    this.owns(founder, leafKey);
  }

  get members(): ReadonlySet<string> {
    return new Set(this.#members.values());
  }

  clientAt(leaf: number): string | undefined {
    return this.#members.get(leaf);
  }

  leafOf(client: string): number | undefined {
    for (const [leaf, name] of this.#members) if (name === client) return leaf;
    return undefined;
  }

  /** Says that a client made this key pair. */
  owns(client: string, key: KeyName): void {
    this.#knowers.set(key, new Set([client]));
  }

  knowersOf(key: KeyName): ReadonlySet<string> {
    return this.#knowers.get(key) ?? new Set();
  }

  /** @throws AssertionError where somebody would reach a secret that is not theirs. */
  commit(commit: ModelCommit): void {
    for (const { leaf, key } of commit.updated) this.tree.update(leaf, key);
    for (const leaf of commit.removed) {
      this.tree.remove(leaf);
      this.#members.delete(leaf);
    }
    if (commit.removed.length > 0) this.tree.truncate();
    const added = new Map(commit.added.map(({ client, key }) => [this.tree.add(key), client]));
    for (const [leaf, client] of added) this.#members.set(leaf, client);
    const committerLeaf = commit.committerLeaf ?? this.tree.place('pending');
    this.#members.set(committerLeaf, commit.committer);
    const pathKnowers = this.#path(commit, committerLeaf, added);
    this.#enter(commit, pathKnowers);
  }

  /** Who reaches the commit secret; undefined when there is no path and all do. */
  #path(
    commit: ModelCommit,
    committerLeaf: number,
    added: ReadonlyMap<number, string>,
  ): ReadonlySet<string> | undefined {
    if (commit.pathKeys === undefined) return undefined;
    const steps = this.tree.filteredPath(committerLeaf, new Set(added.keys()));
    const knowers = new Set([commit.committer]);
    const keys = new Map<number, KeyName>();
    for (const { node, recipients } of steps) {
      for (const key of recipients) for (const one of this.knowersOf(key)) knowers.add(one);
      for (const [leaf, client] of added) if (this.#isBelow(leaf, node)) knowers.add(client);
      const key = commit.pathKeys(node);
      assert.ok(key !== undefined, `node ${node} of the path has a key`);
      keys.set(node, key);
      this.#knowers.set(key, new Set(knowers));
    }
    const leafKey = commit.pathKeys(2 * committerLeaf);
    assert.ok(leafKey !== undefined, 'the committer has a leaf');
    this.owns(commit.committer, leafKey);
    this.tree.setPath(committerLeaf, leafKey, keys);
    return knowers;
  }

  /** A joiner gets the path secret of the lowest node above both it and the committer. */
  #isBelow(leaf: number, node: number): boolean {
    return this.tree.directPath(leaf).includes(node);
  }

  #enter(commit: ModelCommit, pathKnowers: ReadonlySet<string> | undefined): void {
    const members = this.members;
    for (const one of pathKnowers ?? []) {
      assert.ok(members.has(one), `${one} reaches the commit secret of epoch ${commit.epoch}`);
    }
    const reach = (client: string): boolean => pathKnowers?.has(client) ?? true;
    const fromBefore = [...this.#epochKnowers].filter(reach);
    const joined = commit.added.map(({ client }) => client);
    this.#epochKnowers = new Set([...fromBefore, ...joined, commit.committer]);
    assert.deepEqual(
      [...this.#epochKnowers].sort(),
      [...members].sort(),
      `exactly the members reach the secret of epoch ${commit.epoch}`,
    );
  }
}
