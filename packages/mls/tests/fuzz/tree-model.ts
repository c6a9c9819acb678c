/**
 * A ratchet tree written a second time from RFC 9420 sections 4 and 7, over names of keys only: what
 * the model says is compared with the engine's tree after every commit. Plain and slow on purpose.
 */
export type KeyName = string;

interface ModelNode {
  readonly key: KeyName;
  readonly unmerged: readonly number[];
}

export interface PathStep {
  readonly node: number;
  /** Keys to which the path secret of this node is encrypted. */
  readonly recipients: readonly KeyName[];
}

export class TreeModel {
  #nodes: (ModelNode | undefined)[];

  constructor(founder: KeyName) {
    this.#nodes = [{ key: founder, unmerged: [] }];
  }

  get width(): number {
    return (this.#nodes.length + 1) / 2;
  }

  leafKey(leaf: number): KeyName | undefined {
    return this.#nodes[2 * leaf]?.key;
  }

  update(leaf: number, key: KeyName): void {
    this.#nodes[2 * leaf] = { key, unmerged: [] };
    for (const node of this.directPath(leaf)) this.#nodes[node] = undefined;
  }

  remove(leaf: number): void {
    this.#nodes[2 * leaf] = undefined;
    for (const node of this.directPath(leaf)) this.#nodes[node] = undefined;
  }

  /** Once all removals of a commit are made, before additions. */
  truncate(): void {
    for (;;) {
      const half = this.width / 2;
      if (half < 1) return;
      for (let leaf = half; leaf < this.width; leaf++) {
        if (this.#nodes[2 * leaf] !== undefined) return;
      }
      this.#nodes = this.#nodes.slice(0, 2 * half - 1);
    }
  }

  add(key: KeyName): number {
    const leaf = this.place(key);
    for (const node of this.directPath(leaf)) {
      const parent = this.#nodes[node];
      if (parent === undefined) continue;
      const unmerged = [...parent.unmerged, leaf].sort((left, right) => left - right);
      this.#nodes[node] = { ...parent, unmerged };
    }
    return leaf;
  }

  /** Into the leftmost blank leaf; the tree grows where there is none. */
  place(key: KeyName): number {
    let leaf = 0;
    while (leaf < this.width && this.#nodes[2 * leaf] !== undefined) leaf++;
    if (leaf === this.width) {
      this.#nodes = [...this.#nodes, ...Array.from({ length: 2 * leaf }, () => undefined)];
    }
    this.#nodes[2 * leaf] = { key, unmerged: [] };
    return leaf;
  }

  /** The filtered direct path of a committer (section 4.1.2), lowest first. */
  filteredPath(leaf: number, added: ReadonlySet<number>): PathStep[] {
    const steps: PathStep[] = [];
    let below = 2 * leaf;
    for (const node of this.directPath(leaf)) {
      const [left, right] = this.#children(node);
      const resolution = this.#resolution(left === below ? right : left);
      const addedNodes = new Set([...added].map((one) => 2 * one));
      if (resolution.length > 0) {
        const receiving = resolution.filter((one) => !addedNodes.has(one));
        steps.push({ node, recipients: receiving.map((one) => this.#nodes[one]?.key ?? '') });
      }
      below = node;
    }
    return steps;
  }

  setPath(leaf: number, leafKey: KeyName, keys: ReadonlyMap<number, KeyName>): void {
    this.#nodes[2 * leaf] = { key: leafKey, unmerged: [] };
    for (const node of this.directPath(leaf)) {
      const key = keys.get(node);
      this.#nodes[node] = key === undefined ? undefined : { key, unmerged: [] };
    }
  }

  directPath(leaf: number): number[] {
    const path: number[] = [];
    for (let width = 2; width <= this.width; width *= 2) {
      path.push(Math.floor(leaf / width) * 2 * width + width - 1);
    }
    return path;
  }

  /** Nodes that a member at this leaf must hold the key of: all above it where it is merged. */
  keysOf(leaf: number): KeyName[] {
    const above = this.directPath(leaf).map((node) => this.#nodes[node]);
    const held = above.filter((node) => node !== undefined && !node.unmerged.includes(leaf));
    return [this.leafKey(leaf) ?? '', ...held.map((node) => node?.key ?? '')];
  }

  /** Every key in the tree. */
  allKeys(): KeyName[] {
    return this.#nodes.flatMap((node) => (node === undefined ? [] : [node.key]));
  }

  /** One line a node, to compare trees by. */
  lines(): string[] {
    return this.#nodes.map((node, index) =>
      node === undefined ? `${index}` : `${index} ${node.key} [${node.unmerged.join()}]`,
    );
  }

  #children(node: number): [number, number] {
    let step = 1;
    while ((node / step) & 1) step *= 2;
    return [node - step / 2, node + step / 2];
  }

  /** Section 4.1.1: node indices. */
  #resolution(index: number): number[] {
    const node = this.#nodes[index];
    if (node !== undefined) return [index, ...node.unmerged.map((leaf) => 2 * leaf)];
    if (index % 2 === 0) return [];
    const [left, right] = this.#children(index);
    return [...this.#resolution(left), ...this.#resolution(right)];
  }
}
