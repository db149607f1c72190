import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { componentsOf } from './components.rules.ts';
import { findCycles } from './cycles.rules.ts';
import { checkLogic, type DecidedPairs } from './logic.rules.ts';
import { preferenceGraph } from './preference-graph.rules.ts';

type Row = {
  prompt?: number;
  left: number;
  right: number;
  winner?: -1 | 0 | 1;
  strength?: number;
  promptCluster?: number;
  alike?: 0 | 1;
  broken?: 0 | 1;
  clusters?: [number, number];
};

function decided(rows: readonly Row[]): DecidedPairs {
  return {
    prompts: Int32Array.from(rows, ({ prompt }) => prompt ?? 0),
    lefts: Int32Array.from(rows, ({ left }) => left),
    rights: Int32Array.from(rows, ({ right }) => right),
    winners: Int8Array.from(rows, ({ winner }) => winner ?? -1),
    strengths: Uint8Array.from(rows, ({ strength }) => strength ?? 2),
    promptClusters: Int32Array.from(rows, ({ promptCluster, prompt }) => promptCluster ?? prompt ?? 0),
    leftClusters: Int32Array.from(rows, ({ clusters, left }) => clusters?.[0] ?? left),
    rightClusters: Int32Array.from(rows, ({ clusters, right }) => clusters?.[1] ?? right),
    alike: Uint8Array.from(rows, ({ alike }) => alike ?? 0),
    broken: Uint8Array.from(rows, ({ broken }) => broken ?? 0),
  };
}

const kindsOf = (rows: readonly Row[]) =>
  checkLogic(decided(rows)).findings.map(({ kind, pairs }) => [kind, pairs]);

describe('opposite winners', () => {
  it('are two verdicts on the same two answers, whichever side they stood on', () => {
    const report = checkLogic(
      decided([
        { left: 4, right: 7, winner: -1 },
        { left: 7, right: 4, winner: 1 },
        { left: 7, right: 4, winner: -1, strength: 3 },
        { prompt: 1, left: 7, right: 4, winner: -1 },
        { left: 4, right: 7, winner: 0 },
      ]),
    );
    expect(report.findings).toEqual([
      { kind: 'opposite_winners', pairs: [0, 1, 2], judgeFirst: 2, cycle: null },
    ]);
    expect(report.kinds.opposite_winners).toEqual({ findings: 1, pairs: 3 });
    expect(report.affectedPairs).toBe(3);
  });

  it('point at the weakest verdict of the minority, of equals at the latest', () => {
    const rows: Row[] = [
      { left: 0, right: 1, winner: -1, strength: 1 },
      { left: 0, right: 1, winner: 1, strength: 3 },
      { left: 0, right: 1, winner: -1, strength: 1 },
    ];
    expect(checkLogic(decided(rows)).findings[0]?.judgeFirst).toBe(1);
    expect(checkLogic(decided(rows.slice(0, 2))).findings[0]?.judgeFirst).toBe(0);
  });
});

describe('cycles', () => {
  it('are shown by the shortest way round, with the pair that says each step', () => {
    const report = checkLogic(
      decided([
        { left: 10, right: 11 },
        { left: 11, right: 12 },
        { left: 12, right: 13 },
        { left: 13, right: 10, strength: 1 },
        { left: 12, right: 10 },
        { left: 14, right: 10 },
        { prompt: 1, left: 12, right: 10 },
      ]),
    );
    const [finding] = report.findings;
    expect(report.findings).toHaveLength(1);
    expect(finding).toMatchObject({ kind: 'cycle', pairs: [0, 1, 2, 3, 4], cycle: { isShortest: true } });
    const { answers = [], pairs = [] } = finding?.cycle ?? {};
    expect(answers.toSorted((a, b) => a - b)).toEqual([10, 11, 12]);
    expect(pairs.toSorted((a, b) => a - b)).toEqual([0, 1, 4]);
    expect(finding?.judgeFirst).toBe(4);
  });

  it('do not reach over prompts, and follow the majority of verdicts', () => {
    const round: Row[] = [
      { left: 0, right: 1 },
      { left: 1, right: 2 },
      { left: 2, right: 0 },
    ];
    expect(kindsOf(round.map((row, prompt) => ({ ...row, prompt })))).toEqual([]);
    expect(kindsOf(round)).toEqual([['cycle', [0, 1, 2]]]);
    // Two more say 0 is better than 2: the cycle is gone, the contradiction stays.
    const outvoted: Row[] = [...round, { left: 0, right: 2 }, { left: 0, right: 2 }];
    expect(kindsOf(outvoted)).toEqual([['opposite_winners', [2, 3, 4]]]);
    // As many for the one as for the other: nothing is said about the two.
    expect(kindsOf(outvoted.slice(0, 4))).toEqual([['opposite_winners', [2, 3]]]);
  });

  const edges = fc.array(fc.tuple(fc.nat(6), fc.nat(6)), { maxLength: 16 });

  it('are the shortest ones brute force finds in small graphs', () => {
    fc.assert(
      fc.property(edges, (pairs) => {
        const rows = pairs.map(([left, right]): Row => ({ left, right }));
        const { prompts, lefts, rights, winners } = decided(rows);
        const graph = preferenceGraph({ groups: prompts, lefts, rights, winners });
        const found = findCycles(graph);
        const beats = (one: number, other: number): boolean => {
          const votes = (a: number, b: number) => pairs.filter(([l, r]) => l === a && r === b).length;
          return one !== other && votes(one, other) > votes(other, one);
        };
        const knots = bruteKnots(beats);
        expect(found.map(({ cycle }) => cycle.length).toSorted((a, b) => a - b)).toEqual(
          knots.map(({ shortest }) => shortest).toSorted((a, b) => a - b),
        );
        for (const { cycle, isShortest } of found) {
          const answers = cycle.map((node) => graph.answers[node] ?? -1);
          expect(isShortest).toBe(true);
          expect(new Set(answers).size).toBe(answers.length);
          for (const [at, answer] of answers.entries())
            expect(beats(answer, answers[(at + 1) % answers.length] ?? -1)).toBe(true);
        }
        const inKnots = knots.flatMap(({ nodes }) => nodes);
        const expected = rows.flatMap(({ left, right }, pair) => {
          const isBound = knots.some(({ nodes }) => nodes.includes(left) && nodes.includes(right));
          return inKnots.length > 0 && isBound && (beats(left, right) || beats(right, left)) ? [pair] : [];
        });
        const report = checkLogic(decided(rows)).findings.filter(({ kind }) => kind === 'cycle');
        expect(report.flatMap((finding) => finding.pairs).toSorted((a, b) => a - b)).toEqual(expected);
      }),
      { numRuns: 400 },
    );
  });

  it('says so where the knot is too large to search in full', () => {
    const count = 40;
    const rows = Array.from({ length: count }, (_, left): Row => ({ left, right: (left + 1) % count }));
    const { prompts, lefts, rights, winners } = decided(rows);
    const graph = preferenceGraph({ groups: prompts, lefts, rights, winners });
    expect(findCycles(graph)[0]).toMatchObject({ isShortest: true, cycle: { length: count } });
    expect(findCycles(graph, 10)[0]).toMatchObject({ isShortest: false, cycle: { length: count } });
  });

  it('bears a chain of a hundred thousand answers', () => {
    const nodes = 100_000;
    const from = Int32Array.from({ length: nodes }, (_, at) => at);
    const to = from.map((at) => (at + 1) % nodes);
    expect(componentsOf(nodes, from, to).count).toBe(1);
    expect(componentsOf(nodes, from.subarray(1), to.subarray(1)).count).toBe(nodes);
  });
});

describe('opposite lessons', () => {
  it('are nearly equal prompts that prefer the opposite of nearly equal answers', () => {
    const rows: Row[] = [
      { prompt: 0, promptCluster: 9, left: 0, right: 1, clusters: [50, 51], winner: -1 },
      { prompt: 1, promptCluster: 9, left: 2, right: 3, clusters: [51, 50], winner: -1 },
      { prompt: 2, promptCluster: 9, left: 4, right: 5, clusters: [50, 51], winner: -1 },
      { prompt: 3, promptCluster: 8, left: 2, right: 3, clusters: [51, 50], winner: -1 },
    ];
    const report = checkLogic(decided(rows));
    expect(report.findings).toEqual([
      { kind: 'opposite_lessons', pairs: [0, 1, 2], judgeFirst: 1, cycle: null },
    ]);
  });

  it('do not repeat what one prompt says both ways', () => {
    const rows: Row[] = [
      { left: 0, right: 1, winner: -1 },
      { left: 1, right: 0, winner: -1 },
    ];
    expect(kindsOf(rows)).toEqual([['opposite_winners', [0, 1]]]);
  });
});

describe('fix list', () => {
  it('starts with the most harmful kind and, within it, the finding that concerns most pairs', () => {
    const rows: Row[] = [
      { left: 0, right: 1, alike: 1 },
      { prompt: 1, left: 0, right: 1 },
      { prompt: 1, left: 1, right: 0 },
      { prompt: 2, left: 0, right: 1 },
      { prompt: 2, left: 1, right: 0 },
      { prompt: 2, left: 1, right: 0 },
      { prompt: 3, left: 0, right: 1, broken: 1, alike: 1 },
      { prompt: 4, left: 0, right: 1, broken: 1, winner: 0 },
    ];
    expect(kindsOf(rows)).toEqual([
      ['winner_breaks_check', [6]],
      ['opposite_winners', [3, 4, 5]],
      ['opposite_winners', [1, 2]],
      ['sides_alike', [0]],
      ['sides_alike', [6]],
    ]);
    const report = checkLogic(decided(rows));
    expect(report.affectedPairs).toBe(7);
    expect(report.kinds).toEqual({
      winner_breaks_check: { findings: 1, pairs: 1 },
      opposite_winners: { findings: 2, pairs: 5 },
      cycle: { findings: 0, pairs: 0 },
      opposite_lessons: { findings: 0, pairs: 0 },
      sides_alike: { findings: 2, pairs: 2 },
    });
  });

  it('is empty for a set that contradicts nothing', () => {
    expect(checkLogic(decided([]))).toMatchObject({ findings: [], affectedPairs: 0 });
    expect(
      kindsOf([
        { left: 0, right: 1 },
        { left: 1, right: 2 },
        { left: 0, right: 2 },
      ]),
    ).toEqual([]);
  });
});

/** Knots by reachability and their shortest cycle by trying every path, for up to seven answers. */
function bruteKnots(beats: (one: number, other: number) => boolean) {
  const all = [0, 1, 2, 3, 4, 5, 6];
  const reaches = all.map((one) => all.map((other) => beats(one, other)));
  for (const via of all)
    for (const one of all)
      for (const other of all) {
        const row = reaches[one] ?? [];
        if (row[via] && reaches[via]?.[other]) row[other] = true;
      }
  const shortest = (start: number): number => {
    const walk = (path: number[]): number =>
      Math.min(
        ...all.map((next) => {
          if (!beats(path.at(-1) ?? 0, next)) return Number.POSITIVE_INFINITY;
          if (next === start) return path.length;
          return path.includes(next) ? Number.POSITIVE_INFINITY : walk([...path, next]);
        }),
      );
    return walk([start]);
  };
  const knots: { nodes: number[]; shortest: number }[] = [];
  for (const one of all) {
    const nodes = all.filter((other) => reaches[one]?.[other] && reaches[other]?.[one]);
    if (nodes[0] === one) knots.push({ nodes, shortest: Math.min(...nodes.map(shortest)) });
  }
  return knots;
}
