/** Edges sorted by where they begin: those of node v are `targets[starts[v]]` … `targets[starts[v + 1] − 1]`. */
export type EdgeLists = { starts: Int32Array; targets: Int32Array; edges: Int32Array };

/** Sorts edges by their first node in one pass; `edges` keeps the number each edge had. */
export function edgeLists(nodes: number, from: Int32Array, to: Int32Array): EdgeLists {
  const starts = new Int32Array(nodes + 1);
  for (const node of from) starts[node + 1] = (starts[node + 1] ?? 0) + 1;
  for (let node = 1; node <= nodes; node += 1) starts[node] = (starts[node] ?? 0) + (starts[node - 1] ?? 0);
  const next = starts.slice();
  const edges = new Int32Array(from.length);
  for (const [edge, node] of from.entries()) {
    const place = next[node] ?? 0;
    edges[place] = edge;
    next[node] = place + 1;
  }
  return { starts, targets: edges.map((edge) => to[edge] ?? 0), edges };
}

/**
 * Strongly connected components (Tarjan 1972, without recursion): two nodes have one number when each reaches the
 * other. Work grows with nodes + edges.
 */
export function componentsOf(
  nodes: number,
  from: Int32Array,
  to: Int32Array,
): { components: Int32Array; count: number } {
  const { starts, targets } = edgeLists(nodes, from, to);
  const components = new Int32Array(nodes).fill(-1);
  const order = new Int32Array(nodes).fill(-1);
  const lowest = new Int32Array(nodes);
  const next = starts.slice();
  const open: number[] = [];
  const path: number[] = [];
  let [count, visited] = [0, 0];
  const enter = (node: number): void => {
    order[node] = visited;
    lowest[node] = visited;
    visited += 1;
    open.push(node);
    path.push(node);
  };
  const close = (root: number): void => {
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      components[node] = count;
      if (node === root) break;
    }
    count += 1;
  };
  const lower = (node: number, to: number): void => {
    lowest[node] = Math.min(lowest[node] ?? 0, to);
  };
  for (let root = 0; root < nodes; root += 1) {
    if (order[root] !== -1) continue;
    enter(root);
    for (let node = path.at(-1); node !== undefined; node = path.at(-1)) {
      const edge = next[node] ?? 0;
      if (edge < (starts[node + 1] ?? 0)) {
        next[node] = edge + 1;
        const target = targets[edge] ?? 0;
        if (order[target] === -1) enter(target);
        else if (components[target] === -1) lower(node, order[target] ?? 0);
        continue;
      }
      path.pop();
      const parent = path.at(-1);
      if (parent !== undefined) lower(parent, lowest[node] ?? 0);
      if (lowest[node] === order[node]) close(node);
    }
  }
  return { components, count };
}
