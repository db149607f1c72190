export type UnionFind = ReturnType<typeof createUnionFind>;

/** Sets of numbers 0 … count − 1 that can be joined; the smallest member stands for its set. */
export function createUnionFind(count: number) {
  const parents = new Uint32Array(count);
  for (let one = 0; one < count; one += 1) parents[one] = one;
  const find = (member: number): number => {
    let at = member;
    for (let parent = parents[at] ?? at; parent !== at; parent = parents[at] ?? at) {
      const above = parents[parent] ?? parent;
      parents[at] = above;
      at = above;
    }
    return at;
  };
  return {
    find,
    join(one: number, other: number): void {
      const [a, b] = [find(one), find(other)];
      parents[Math.max(a, b)] = Math.min(a, b);
    },
  };
}
