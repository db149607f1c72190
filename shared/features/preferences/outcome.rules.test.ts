import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type OutcomePolicy, usualPolicy } from './outcome.model.ts';
import { outcomeOf, ratingOutcome, turned, type Vote, withoutRepeats } from './outcome.rules.ts';

let lastId = 0;
const vote = (reviewer: string, choice: Vote['choice'], more: Partial<Vote> = {}): Vote => {
  lastId += 1;
  return {
    verdictId: lastId,
    reviewer,
    role: 'reviewer',
    choice,
    rating: null,
    strength: null,
    isBlind: true,
    isRepeat: false,
    ideal: null,
    ...more,
  };
};
const policy = (changed: Partial<OutcomePolicy> = {}): OutcomePolicy => ({ ...usualPolicy, ...changed });
const why = (votes: readonly Vote[], changed: Partial<OutcomePolicy> = {}) => {
  const outcome = outcomeOf(votes, policy(changed));
  return outcome.kind === 'left_out' ? outcome.why : outcome.kind;
};

describe('what the votes on a pair come to', () => {
  test.each([
    ['nobody voted', [], {}, 'undecided'],
    ['one vote where two are asked for', [vote('x', 'a')], { minVerdicts: 2 }, 'too_few_verdicts'],
    ['one against one', [vote('x', 'a'), vote('y', 'b')], { minAgreement: 0.5 }, 'disagreement'],
    [
      'two of three where everybody must agree',
      [vote('x', 'a'), vote('y', 'a'), vote('z', 'b')],
      { minAgreement: 1 },
      'disagreement',
    ],
    ['a tie', [vote('x', 'tie')], {}, 'tie'],
    ['two bad answers', [vote('x', 'both_bad')], {}, 'both_bad'],
    ['two good answers, for pairs', [vote('x', 'both_good')], { onBothGood: 'keep_both' }, 'both_good'],
    [
      'two good answers, for chats',
      [vote('x', 'both_good')],
      { onBothGood: 'keep_both', method: 'sft' },
      'both',
    ],
    [
      'slightly better where clearly is asked for',
      [vote('x', 'a', { strength: 1 })],
      { minStrength: 2 },
      'too_weak',
    ],
    ['a vote that was not blind', [vote('x', 'a', { isBlind: false })], { onlyBlind: true }, 'undecided'],
    [
      'a reviewer who contradicts their own repeat',
      [vote('x', 'a'), vote('x', 'b', { isRepeat: true })],
      {},
      'too_few_verdicts',
    ],
  ] as const)('%s', (...[, votes, changed, expected]) => {
    expect(why(votes, changed)).toBe(expected);
  });

  test('the majority wins, with the median strength and the newest ideal of those for it', () => {
    const votes = [
      vote('x', 'b', { strength: 1, ideal: 5 }),
      vote('y', 'b', { strength: 3, ideal: 6 }),
      vote('z', 'a', { strength: 3, ideal: 7 }),
    ];
    expect(outcomeOf(votes, policy())).toMatchObject({
      kind: 'winner',
      side: 'b',
      strength: 2,
      ideal: 6,
      isAdjudicated: false,
      verdictIds: [votes[0]?.verdictId, votes[1]?.verdictId],
    });
    expect(outcomeOf(votes, policy({ useIdeal: false }))).toMatchObject({ ideal: null });
  });

  test('an adjudicator decides against any majority', () => {
    const votes = [
      vote('x', 'a'),
      vote('y', 'a'),
      vote('judge', 'b', { role: 'adjudicator', isBlind: false }),
    ];
    expect(outcomeOf(votes, policy({ minVerdicts: 3, onlyBlind: true }))).toMatchObject({
      kind: 'winner',
      side: 'b',
      isAdjudicated: true,
    });
  });

  test('the later of two verdicts of one reviewer counts where that is wanted', () => {
    const votes = [vote('x', 'a'), vote('x', 'b', { isRepeat: true })];
    expect(outcomeOf(votes, policy({ onInconsistent: 'latest' }))).toMatchObject({ side: 'b' });
  });

  test('showing a pair the other way round changes the side and nothing else', () => {
    const votes = fc.array(
      fc.record({
        reviewer: fc.constantFrom('x', 'y', 'z'),
        choice: fc.constantFrom<NonNullable<Vote['choice']>>('a', 'b', 'tie', 'both_good', 'both_bad'),
        strength: fc.option(fc.integer({ min: 1, max: 3 })),
      }),
      { maxLength: 6 },
    );
    const policies = fc.record({
      minVerdicts: fc.integer({ min: 1, max: 3 }),
      minAgreement: fc.constantFrom(0.5, 0.6, 1),
      onInconsistent: fc.constantFrom('no_vote' as const, 'latest' as const),
    });
    fc.assert(
      fc.property(votes, policies, (drawn, changed) => {
        const given = drawn.map(({ reviewer, choice, strength }) => vote(reviewer, choice, { strength }));
        const other = given.map((one) => ({ ...one, choice: turned(one.choice) }));
        const [here, there] = [outcomeOf(given, policy(changed)), outcomeOf(other, policy(changed))];
        expect(there).toEqual(
          here.kind === 'winner' ? { ...here, side: here.side === 'a' ? 'b' : 'a' } : here,
        );
      }),
    );
  });

  test('a bad answer that somebody rewrote makes a row with what it should have been', () => {
    const votes = [vote('x', 'both_bad', { ideal: 9 })];
    expect(outcomeOf(votes, policy())).toMatchObject({ kind: 'rewritten', ideal: 9 });
    expect(why(votes, { useIdeal: false })).toBe('both_bad');
    const rated = [vote('x', null, { rating: 1, ideal: 9 })];
    expect(ratingOutcome(rated, policy())).toMatchObject({ kind: 'kept', ideal: 9 });
    expect(ratingOutcome([vote('x', null, { rating: 5 })], policy())).toMatchObject({ why: 'not_rewritten' });
  });

  test('stars count by their mean, of each reviewer the last', () => {
    const rated = (reviewer: string, rating: number) => vote(reviewer, null, { rating });
    const chats = policy({ method: 'sft' });
    expect(ratingOutcome([rated('x', 5), rated('y', 4)], chats)).toMatchObject({
      kind: 'kept',
      mean: 4.5,
    });
    expect(ratingOutcome([rated('x', 5), rated('x', 2)], chats)).toMatchObject({ why: 'rated_low' });
    expect(ratingOutcome([], chats)).toMatchObject({ why: 'undecided' });
  });
});

describe('rows that belong together', () => {
  const row = (prompt: string, sides: readonly [string, string | null], strength = 1) => ({
    prompt,
    preferred: sides[0],
    rejected: sides[1],
    strength,
  });

  test('opposite lessons go both, a repeated row once, identical sides always', () => {
    const rows = [
      row('p', ['x', 'y']),
      row('p', ['y', 'x']),
      row('q', ['x', 'y']),
      row('q', ['x', 'y']),
      row('r', ['z', 'z']),
    ];
    expect(withoutRepeats(rows, policy())).toEqual([
      'opposite_lesson',
      'opposite_lesson',
      null,
      'repeated_row',
      'identical_sides',
    ]);
    expect(withoutRepeats(rows, policy({ onOpposite: 'keep', deduplicate: 'none' }))).toEqual([
      null,
      null,
      null,
      null,
      'identical_sides',
    ]);
  });

  test('of one prompt the strongest row stays', () => {
    const rows = [row('p', ['x', 'y'], 1), row('p', ['x', 'z'], 3), row('q', ['x', 'y'], 1)];
    expect(withoutRepeats(rows, policy({ deduplicate: 'prompt' }))).toEqual(['weaker_of_prompt', null, null]);
  });
});
