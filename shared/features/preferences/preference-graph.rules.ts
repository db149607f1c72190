import { edgeLists } from './components.rules.ts';

/** Judged pairs of answers: pair i shows `lefts[i]` and `rights[i]` under group `groups[i]`; `winners[i]` is −1 left, 0 neither, 1 right. */
export type GraphInput = {
  groups: Int32Array;
  lefts: Int32Array;
  rights: Int32Array;
  winners: Int8Array;
};

/**
 * Answers of a group as nodes, and one meeting for each two answers that were compared: `forward[m]` pairs say that
 * `low[m]` is better, `backward[m]` that `high[m]` is. `answers[node]` and `groups[node]` name a node; the pairs with a
 * winner of meeting m are `pairs[starts[m]]` … `pairs[starts[m + 1] − 1]`.
 */
export type PreferenceGraph = {
  answers: Int32Array;
  groups: Int32Array;
  low: Int32Array;
  high: Int32Array;
  forward: Int32Array;
  backward: Int32Array;
  starts: Int32Array;
  pairs: Int32Array;
};

/** Builds the graph in one pass; ties and pairs of an answer with itself say nothing and are left out. */
export function preferenceGraph(input: GraphInput): PreferenceGraph {
  const { groups, lefts, rights, winners } = input;
  const nodes = nodeNumbers(input);
  const known = new Map<number, number>();
  const meetings: { low: number[]; high: number[]; forward: number[]; backward: number[] } = {
    low: [],
    high: [],
    forward: [],
    backward: [],
  };
  const [judged, meetingOf]: [number[], number[]] = [[], []];
  for (let pair = 0; pair < groups.length; pair += 1) {
    const winner = winners[pair] ?? 0;
    if (winner === 0 || lefts[pair] === rights[pair]) continue;
    const [left, right] = [nodes.left[pair] ?? 0, nodes.right[pair] ?? 0];
    const [low, high] = [Math.min(left, right), Math.max(left, right)];
    const key = low * nodes.count + high;
    let meeting = known.get(key);
    if (meeting === undefined) {
      meeting = meetings.low.length;
      known.set(key, meeting);
      meetings.low.push(low);
      meetings.high.push(high);
      meetings.forward.push(0);
      meetings.backward.push(0);
    }
    const side = winner < 0 === left < right ? meetings.forward : meetings.backward;
    side[meeting] = (side[meeting] ?? 0) + 1;
    judged.push(pair);
    meetingOf.push(meeting);
  }
  const lists = edgeLists(meetings.low.length, Int32Array.from(meetingOf), Int32Array.from(judged));
  return {
    answers: nodes.answers,
    groups: nodes.groups,
    low: Int32Array.from(meetings.low),
    high: Int32Array.from(meetings.high),
    forward: Int32Array.from(meetings.forward),
    backward: Int32Array.from(meetings.backward),
    starts: lists.starts,
    pairs: lists.targets,
  };
}

/** Pairs with a winner of one meeting, in their order. */
export function pairsOfMeeting(graph: PreferenceGraph, meeting: number): Int32Array {
  return graph.pairs.subarray(graph.starts[meeting] ?? 0, graph.starts[meeting + 1] ?? 0);
}

/** A dense number for each answer of each group. */
function nodeNumbers({ groups, lefts, rights }: GraphInput) {
  let width = 0;
  for (const answer of lefts) width = Math.max(width, answer + 1);
  for (const answer of rights) width = Math.max(width, answer + 1);
  const known = new Map<number, number>();
  const [answersOf, groupsOf]: [number[], number[]] = [[], []];
  const number = (group: number, answer: number): number => {
    const key = group * width + answer;
    const node = known.get(key) ?? answersOf.length;
    if (node === answersOf.length) {
      known.set(key, node);
      answersOf.push(answer);
      groupsOf.push(group);
    }
    return node;
  };
  const left = new Int32Array(groups.length);
  const right = new Int32Array(groups.length);
  for (let pair = 0; pair < groups.length; pair += 1) {
    left[pair] = number(groups[pair] ?? 0, lefts[pair] ?? 0);
    right[pair] = number(groups[pair] ?? 0, rights[pair] ?? 0);
  }
  return {
    left,
    right,
    count: answersOf.length,
    answers: Int32Array.from(answersOf),
    groups: Int32Array.from(groupsOf),
  };
}
