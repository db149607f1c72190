import { componentsOf, type EdgeLists, edgeLists } from './components.rules.ts';
import type { PreferenceGraph } from './preference-graph.rules.ts';

/**
 * A knot: answers that each beat each other through others. `cycle` is the shortest way round as nodes, each better
 * than the next and the last better than the first, `meetings` the comparisons along it, and `knot` all comparisons of
 * the knot: each of them is on some cycle. `isShortest` is false only where the knot was too large to search in full.
 */
export type Cycle = { cycle: number[]; meetings: number[]; knot: number[]; isShortest: boolean };

/** Edges looked at per knot before the search settles for the shortest cycle found so far. */
export const searchBudget = 2_000_000;

/**
 * Cycles in what the majority of verdicts on each two answers says; two answers with as many verdicts for the one as
 * for the other are a contradiction of their own and bind nothing here. One result for each knot, by its first node.
 */
export function findCycles(graph: PreferenceGraph, budget: number = searchBudget): Cycle[] {
  const [from, to, meetings]: [number[], number[], number[]] = [[], [], []];
  for (let meeting = 0; meeting < graph.low.length; meeting += 1) {
    const margin = (graph.forward[meeting] ?? 0) - (graph.backward[meeting] ?? 0);
    if (margin === 0) continue;
    const [low, high] = [graph.low[meeting] ?? 0, graph.high[meeting] ?? 0];
    from.push(margin > 0 ? low : high);
    to.push(margin > 0 ? high : low);
    meetings.push(meeting);
  }
  const nodes = graph.answers.length;
  const [begins, ends] = [Int32Array.from(from), Int32Array.from(to)];
  const { components, count } = componentsOf(nodes, begins, ends);
  const sizes = new Int32Array(count);
  for (const component of components) sizes[component] = (sizes[component] ?? 0) + 1;
  const knots = new Map<number, { nodes: number[]; meetings: number[] }>();
  for (const [node, component] of components.entries())
    if ((sizes[component] ?? 0) > 1) {
      const knot = knots.get(component);
      if (knot === undefined) knots.set(component, { nodes: [node], meetings: [] });
      else knot.nodes.push(node);
    }
  if (knots.size === 0) return [];
  for (const [edge, meeting] of meetings.entries()) {
    const component = components[from[edge] ?? 0] ?? 0;
    if (component === components[to[edge] ?? 0]) knots.get(component)?.meetings.push(meeting);
  }
  const search = createSearch(edgeLists(nodes, begins, ends), components);
  return Array.from(knots.values(), ({ nodes: inside, meetings: knot }) => {
    const { cycle, edges, isShortest } = search(inside, budget);
    return { cycle, meetings: edges.map((edge) => meetings[edge] ?? 0), knot, isShortest };
  });
}

type Found = { cycle: number[]; edges: number[]; isShortest: boolean };

/** Breadth-first from each node of a knot; what is longer than the best so far is not followed. */
function createSearch({ starts, targets, edges }: EdgeLists, components: Int32Array) {
  const distance = new Int32Array(components.length);
  const cameBy = new Int32Array(components.length);
  const cameFrom = new Int32Array(components.length);
  const seen = new Int32Array(components.length).fill(-1);
  let looked = 0;

  function roundFrom(root: number, shorterThan: number): Omit<Found, 'isShortest'> | null {
    const queue = [root];
    seen[root] = root;
    distance[root] = 0;
    for (let head = 0; head < queue.length; head += 1) {
      const node = queue[head] ?? 0;
      if ((distance[node] ?? 0) + 1 >= shorterThan) return null;
      for (let at = starts[node] ?? 0; at < (starts[node + 1] ?? 0); at += 1) {
        looked += 1;
        const target = targets[at] ?? 0;
        if (target === root) return wayBack(root, node, edges[at] ?? 0);
        if (seen[target] === root || components[target] !== components[root]) continue;
        seen[target] = root;
        distance[target] = (distance[node] ?? 0) + 1;
        cameFrom[target] = node;
        cameBy[target] = edges[at] ?? 0;
        queue.push(target);
      }
    }
    return null;
  }

  function wayBack(root: number, last: number, closing: number): Omit<Found, 'isShortest'> {
    const cycle = [last];
    const way = [closing];
    for (let node = last; node !== root; ) {
      way.push(cameBy[node] ?? 0);
      node = cameFrom[node] ?? root;
      cycle.push(node);
    }
    return { cycle: cycle.reverse(), edges: way.reverse() };
  }

  return (nodes: readonly number[], budget: number): Found => {
    looked = 0;
    let best = null as Omit<Found, 'isShortest'> | null;
    for (const [at, root] of nodes.entries()) {
      best = roundFrom(root, best?.cycle.length ?? nodes.length + 1) ?? best;
      // Majorities know no cycle of two, so three is the shortest there can be.
      if (best !== null && best.cycle.length === 3) break;
      if (best !== null && looked > budget && at + 1 < nodes.length) return { ...best, isShortest: false };
    }
    return { ...(best ?? { cycle: [], edges: [] }), isShortest: true };
  };
}
