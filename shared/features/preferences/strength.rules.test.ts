import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trustGolden } from '../../../tests/fixtures/preferences/trust-golden.ts';
import {
  bradleyTerry,
  type Comparisons,
  mostPlayers,
  virtualGames,
  winProbability,
} from './strength.rules.ts';

/** Comparisons that give these points; a half stands for a tie, once for each two candidates. */
function comparisonsOf(points: number[][]): Comparisons {
  const games: { first: number; second: number; outcome: number }[] = [];
  for (const [first, row] of points.entries())
    for (const [second, gained] of row.entries()) {
      for (let won = 0; won < Math.floor(gained); won += 1) games.push({ first, second, outcome: 1 });
      if (gained % 1 !== 0 && first < second) games.push({ first, second, outcome: 0 });
    }
  return listed(points.length, games);
}

function listed(
  players: number,
  games: readonly { first: number; second: number; outcome: number }[],
): Comparisons {
  return {
    players,
    firsts: Int32Array.from(games, ({ first }) => first),
    seconds: Int32Array.from(games, ({ second }) => second),
    outcomes: Int8Array.from(games, ({ outcome }) => outcome),
  };
}

describe('Bradley–Terry strengths', () => {
  it.each(trustGolden.strengths)('equal Newton with 50 digits: $name', (one) => {
    const found = bradleyTerry(comparisonsOf(one.points));
    expect(found.isConverged).toBe(true);
    expect(found.isRegularised).toBe(one.prior > 0);
    for (const [at, { strength }] of found.players.entries()) {
      expect(strength.estimate).toBeCloseTo(one.strengths[at] ?? 9, 9);
      expect(strength.standardError).toBeCloseTo(one.standardErrors[at] ?? 9, 9);
      expect(strength.high - strength.low).toBeCloseTo(2 * 1.959963984540054 * strength.standardError, 12);
    }
  });

  it('are the published ones of the American League (Baltimore 0)', () => {
    const one = trustGolden.strengths[0];
    const { players } = bradleyTerry(comparisonsOf(one?.points ?? []));
    const baltimore = players.at(-1)?.strength.estimate ?? 9;
    expect(players.map(({ strength }) => Number((strength.estimate - baltimore).toFixed(4)))).toEqual(
      one?.published,
    );
  });

  it('recover strengths that were planted as expected points', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 2, maxLength: 6 }), (tenths) => {
        const planted = tenths.map((value) => value / 10);
        const games = planted.flatMap((one, first) =>
          planted.flatMap((other, second) =>
            first === second
              ? []
              : Array.from({ length: Math.round(2000 * winProbability(one, other)) }, () => ({
                  first,
                  second,
                  outcome: 1,
                })),
          ),
        );
        const { players, isRegularised } = bradleyTerry(listed(planted.length, games));
        const mean = planted.reduce((sum, value) => sum + value, 0) / planted.length;
        expect(isRegularised).toBe(false);
        for (const [at, { strength }] of players.entries())
          expect(Math.abs(strength.estimate - ((planted[at] ?? 0) - mean))).toBeLessThan(0.02);
      }),
      { numRuns: 25 },
    );
  });

  it('do not depend on the order of games or on who stands first', () => {
    const games = comparisonsOf(trustGolden.strengths[1]?.points ?? []);
    const turned: Comparisons = {
      players: games.players,
      firsts: games.seconds.toReversed(),
      seconds: games.firsts.toReversed(),
      outcomes: games.outcomes.toReversed().map((outcome) => -outcome),
    };
    expect(bradleyTerry(turned)).toEqual(bradleyTerry(games));
  });
});

describe('what the comparisons do not bind together', () => {
  it('is regularised, and the message says so', () => {
    const found = bradleyTerry(
      listed(4, [
        { first: 0, second: 1, outcome: 1 },
        { first: 1, second: 0, outcome: 1 },
      ]),
    );
    expect(found.groups).toBe(3);
    expect(found.groupOf[0]).toBe(found.groupOf[1]);
    expect(found.isRegularised).toBe(true);
    expect(found.message).toContain('4 candidates fall into 3 groups');
    expect(found.message).toContain(`${virtualGames} wins`);
    expect(found.players[2]).toMatchObject({ winRate: null, strength: { estimate: 0 } });
  });

  it('is not regularised when a tie or a way round binds all', () => {
    expect(bradleyTerry(listed(2, [{ first: 0, second: 1, outcome: 0 }])).isRegularised).toBe(false);
    const round = [0, 1, 2].map((first) => ({ first, second: (first + 1) % 3, outcome: 1 }));
    const found = bradleyTerry(listed(3, round));
    expect(found).toMatchObject({ groups: 1, message: null });
    for (const { strength } of found.players) expect(strength.estimate).toBeCloseTo(0, 12);
  });

  it('gives win rates with ties as halves, and bears one or no candidate', () => {
    const found = bradleyTerry(
      comparisonsOf([
        [0, 2.5],
        [0.5, 0],
      ]),
    ).players[0];
    expect(found).toMatchObject({ wins: 2, ties: 1, losses: 0 });
    expect(found?.winRate?.estimate).toBeCloseTo(2.5 / 3, 12);
    expect(bradleyTerry(listed(1, [])).players).toHaveLength(1);
    expect(bradleyTerry(listed(0, []))).toMatchObject({ players: [], groups: 0, isRegularised: false });
    expect(() => bradleyTerry(listed(2, [{ first: 1, second: 1, outcome: 1 }]))).toThrow(
      'cannot meet itself',
    );
    expect(() => bradleyTerry(listed(mostPlayers + 1, []))).toThrow(RangeError);
  });
});
