import fc from 'fast-check';
import { expect, test } from 'vitest';
import { choice, type JudgingPair } from '../../../shared/features/preferences/preferences.model.ts';
import { noVerdict, verdictProblem } from '../../../shared/features/preferences/verdict.rules.ts';
import { idealSide, withChoice, withNextStrength, withReason, workOf } from './judging-work.ts';

const ideal = { role: 'assistant' as const, content: 'ideal' };

test('whatever is pressed in whatever order, a choice makes a verdict that can be taken', () => {
  const step = fc.oneof(
    fc.constantFrom(...choice.options).map((one) => ({ choose: one })),
    fc.constant('strength' as const),
    fc.constantFrom('tone', 'format').map((code) => ({ code })),
  );
  fc.assert(
    fc.property(fc.array(step), fc.constantFrom(...choice.options), (steps, last) => {
      let work = noVerdict;
      for (const one of steps) {
        if (one === 'strength') work = withNextStrength(work);
        else work = 'choose' in one ? withChoice(work, one.choose) : withReason(work, one.code);
      }
      expect(verdictProblem('pairs', withChoice(work, last))).toBeNull();
    }),
  );
});

test('strength goes round and stands before the choice too; a tie has none', () => {
  const one = withNextStrength(noVerdict);
  expect(one.strength).toBe(1);
  expect(withChoice(one, 'b').strength).toBe(1);
  expect(withChoice(one, 'tie').strength).toBeNull();
  expect(withNextStrength(withNextStrength(withNextStrength(one))).strength).toBeNull();
  const tie = withChoice(noVerdict, 'tie');
  expect(withNextStrength(tie)).toBe(tie);
});

test('an ideal answer stays with the answer it was made of', () => {
  const edited = { ...withChoice(noVerdict, 'a'), ideal };
  expect(withChoice(edited, 'a').ideal).toBe(ideal);
  expect(withChoice(edited, 'b').ideal).toBeNull();
});

test('a draft goes before the verdict that holds', () => {
  const verdict = {
    ...noVerdict,
    choice: 'a' as const,
    verdictId: 1,
    pairId: 1,
    reviewer: 'me',
    role: 'reviewer' as const,
    isBlind: true,
    elapsedMs: 1,
    decidedAt: 1,
    origin: 'window' as const,
  };
  expect(workOf({ draft: null, verdict })).toEqual({ ...noVerdict, choice: 'a' });
  expect(workOf({ draft: { ...noVerdict, note: 'x' }, verdict }).note).toBe('x');
});

test('an ideal answer is made of the better one, of the first of two bad ones, or of the only one', () => {
  const b = {} as JudgingPair['b'];
  expect(idealSide({ b }, { choice: 'b' })).toBe('b');
  expect(idealSide({ b }, { choice: 'both_bad' })).toBe('a');
  expect(idealSide({ b }, { choice: 'tie' })).toBeNull();
  expect(idealSide({ b: null }, { choice: null })).toBe('a');
});
