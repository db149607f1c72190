/** SHA-256 of the bytes. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

const leafPrefix = 0x00;
const nodePrefix = 0x01;

/**
 * Merkle tree hash of RFC 9162, section 2.1.1, built leaf by leaf in memory that grows with the logarithm of their number.
 * Leaves and nodes are hashed under different prefixes, so that one can never be shown for the other.
 */
export function createMerkleRoot(sha256: Sha256): { add(leaf: Uint8Array): void; root(): Uint8Array } {
  /** Roots of the perfect subtrees so far, largest first, with their heights. */
  const frontier: { height: number; hash: Uint8Array }[] = [];
  const joined = (left: Uint8Array, right: Uint8Array): Uint8Array => {
    const node = new Uint8Array(1 + left.length + right.length);
    node[0] = nodePrefix;
    node.set(left, 1);
    node.set(right, 1 + left.length);
    return sha256(node);
  };
  return {
    add(leaf) {
      const bytes = new Uint8Array(1 + leaf.length);
      bytes[0] = leafPrefix;
      bytes.set(leaf, 1);
      let tree = { height: 0, hash: sha256(bytes) };
      for (let last = frontier.at(-1); last?.height === tree.height; last = frontier.at(-1)) {
        tree = { height: tree.height + 1, hash: joined(last.hash, tree.hash) };
        frontier.pop();
      }
      frontier.push(tree);
    },
    root() {
      const [smallest, ...larger] = frontier.toReversed();
      if (!smallest) return sha256(new Uint8Array(0));
      return larger.reduce((right, { hash }) => joined(hash, right), smallest.hash);
    },
  };
}
