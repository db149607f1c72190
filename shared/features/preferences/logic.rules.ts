import { findCycles } from './cycles.rules.ts';
import { pairsOfMeeting, type PreferenceGraph, preferenceGraph } from './preference-graph.rules.ts';

/**
 * Decided pairs, one a place. Equal texts have equal numbers: `prompts`, `lefts`, `rights`. `winners` is −1 left,
 * 0 neither, 1 right; `strengths` 1–3 (0 unknown). `promptClusters` and the answer clusters number texts that are
 * nearly the same (each number its own cluster where nothing is known). `alike` is 1 where both sides are nearly the
 * same, `broken` 1 where the winner breaks a hard check. A pair judged several times stands here several times.
 */
export type DecidedPairs = {
  prompts: Int32Array;
  lefts: Int32Array;
  rights: Int32Array;
  winners: Int8Array;
  strengths: Uint8Array;
  promptClusters: Int32Array;
  leftClusters: Int32Array;
  rightClusters: Int32Array;
  alike: Uint8Array;
  broken: Uint8Array;
};

/** Kinds of findings, the most harmful first: this is the order of the fix list. */
export const logicKinds = [
  'winner_breaks_check',
  'opposite_winners',
  'cycle',
  'opposite_lessons',
  'sides_alike',
] as const;

export type LogicKind = (typeof logicKinds)[number];

/**
 * What contradicts what. `pairs` are the places of all pairs concerned, ascending; `judgeFirst` is the one with the
 * least behind it (the minority, then the weakest verdict, then the latest). A cycle names its answers, each better
 * than the next and the last better than the first, with the pair that says so beside each.
 */
export type LogicFinding = {
  kind: LogicKind;
  pairs: number[];
  judgeFirst: number;
  cycle: { answers: number[]; pairs: number[]; isShortest: boolean } | null;
};

/** Findings in the order to mend them, how many there are of each kind, and how many pairs are concerned. */
export type LogicReport = {
  findings: LogicFinding[];
  kinds: Record<LogicKind, { findings: number; pairs: number }>;
  affectedPairs: number;
};

/** Looks for contradictions; work grows with the number of pairs, but for large knots (see {@link findCycles}). */
export function checkLogic(pairs: DecidedPairs): LogicReport {
  const { prompts, lefts, rights, winners } = pairs;
  const graph = preferenceGraph({ groups: prompts, lefts, rights, winners });
  const findings = [
    ...flagged(pairs.broken, 'winner_breaks_check', (pair) => winners[pair] !== 0),
    ...oppositeWinners(graph, pairs),
    ...cycles(graph, pairs),
    ...oppositeLessons(pairs),
    ...flagged(pairs.alike, 'sides_alike', () => true),
  ];
  findings.sort(
    (a, b) =>
      logicKinds.indexOf(a.kind) - logicKinds.indexOf(b.kind) ||
      b.pairs.length - a.pairs.length ||
      (a.pairs[0] ?? 0) - (b.pairs[0] ?? 0),
  );
  return summary(findings, prompts.length);
}

function summary(findings: LogicFinding[], pairs: number): LogicReport {
  const kinds: LogicReport['kinds'] = {
    winner_breaks_check: { findings: 0, pairs: 0 },
    opposite_winners: { findings: 0, pairs: 0 },
    cycle: { findings: 0, pairs: 0 },
    opposite_lessons: { findings: 0, pairs: 0 },
    sides_alike: { findings: 0, pairs: 0 },
  };
  const seen = new Uint8Array(pairs);
  let affectedPairs = 0;
  for (const finding of findings) {
    const bit = 1 << logicKinds.indexOf(finding.kind);
    const counted = kinds[finding.kind];
    counted.findings += 1;
    for (const pair of finding.pairs) {
      const before = seen[pair] ?? 0;
      if (before === 0) affectedPairs += 1;
      if ((before & bit) === 0) counted.pairs += 1;
      seen[pair] = before | bit;
    }
  }
  return { findings, kinds, affectedPairs };
}

function flagged(flags: Uint8Array, kind: LogicKind, counts: (pair: number) => boolean): LogicFinding[] {
  const found: LogicFinding[] = [];
  for (const [pair, flag] of flags.entries())
    if (flag === 1 && counts(pair)) found.push({ kind, pairs: [pair], judgeFirst: pair, cycle: null });
  return found;
}

function oppositeWinners(graph: PreferenceGraph, pairs: DecidedPairs): LogicFinding[] {
  const found: LogicFinding[] = [];
  for (let meeting = 0; meeting < graph.low.length; meeting += 1) {
    const [forward, backward] = [graph.forward[meeting] ?? 0, graph.backward[meeting] ?? 0];
    if (forward === 0 || backward === 0) continue;
    const all = Array.from(pairsOfMeeting(graph, meeting));
    const low = graph.answers[graph.low[meeting] ?? 0];
    const isForward = (pair: number): boolean => winnerOf(pairs, pair) === low;
    const minority = all.filter((pair) => forward === backward || isForward(pair) === forward < backward);
    found.push({ kind: 'opposite_winners', pairs: all, judgeFirst: weakest(minority, pairs), cycle: null });
  }
  return found;
}

function cycles(graph: PreferenceGraph, pairs: DecidedPairs): LogicFinding[] {
  return findCycles(graph).map(({ cycle, meetings, knot, isShortest }) => {
    const answers = cycle.map((node) => graph.answers[node] ?? 0);
    const along = meetings.map((meeting, at) =>
      Array.from(pairsOfMeeting(graph, meeting)).filter((pair) => winnerOf(pairs, pair) === answers[at]),
    );
    const margins = meetings.map((meeting) =>
      Math.abs((graph.forward[meeting] ?? 0) - (graph.backward[meeting] ?? 0)),
    );
    const least = Math.min(...margins);
    const doubtful = along.filter((_, at) => margins[at] === least).flat();
    return {
      kind: 'cycle',
      pairs: knot.flatMap((meeting) => Array.from(pairsOfMeeting(graph, meeting))).toSorted((a, b) => a - b),
      judgeFirst: weakest(doubtful, pairs),
      cycle: { answers, pairs: along.map((said) => said[0] ?? -1), isShortest },
    };
  });
}

/**
 * Nearly equal prompts that teach the opposite of nearly equal answers. What one prompt with one pair of answers says
 * both ways is an opposite winner already and counts here only beside another text.
 */
function oppositeLessons(pairs: DecidedPairs): LogicFinding[] {
  const graph = preferenceGraph({
    groups: pairs.promptClusters,
    lefts: pairs.leftClusters,
    rights: pairs.rightClusters,
    winners: pairs.winners,
  });
  const found: LogicFinding[] = [];
  for (let meeting = 0; meeting < graph.low.length; meeting += 1) {
    const [forward, backward] = [graph.forward[meeting] ?? 0, graph.backward[meeting] ?? 0];
    if (forward === 0 || backward === 0) continue;
    const all = Array.from(pairsOfMeeting(graph, meeting));
    if (all.every((pair) => isSameText(pairs, pair, all[0] ?? 0))) continue;
    const low = graph.answers[graph.low[meeting] ?? 0];
    const isForward = (pair: number): boolean => winnerClusterOf(pairs, pair) === low;
    const minority = all.filter((pair) => forward === backward || isForward(pair) === forward < backward);
    found.push({ kind: 'opposite_lessons', pairs: all, judgeFirst: weakest(minority, pairs), cycle: null });
  }
  return found;
}

function isSameText({ prompts, lefts, rights }: DecidedPairs, one: number, other: number): boolean {
  if (prompts[one] !== prompts[other]) return false;
  const isStraight = lefts[one] === lefts[other] && rights[one] === rights[other];
  return isStraight || (lefts[one] === rights[other] && rights[one] === lefts[other]);
}

function winnerOf({ winners, lefts, rights }: DecidedPairs, pair: number): number | undefined {
  return (winners[pair] ?? 0) < 0 ? lefts[pair] : rights[pair];
}

function winnerClusterOf({ winners, leftClusters, rightClusters }: DecidedPairs, pair: number) {
  return (winners[pair] ?? 0) < 0 ? leftClusters[pair] : rightClusters[pair];
}

/** The pair with the weakest verdict; of equals the latest, which is most likely the slip. */
function weakest(candidates: readonly number[], { strengths }: DecidedPairs): number {
  let [found, least] = [candidates[0] ?? -1, Number.POSITIVE_INFINITY];
  for (const pair of candidates) {
    const strength = strengths[pair] ?? 0;
    if (strength > least) continue;
    [found, least] = [pair, strength];
  }
  return found;
}
