import { join } from 'node:path';
import { checkSync } from 'recheck';
import { expect, test } from 'vitest';
import { addressExpressions } from '../../shared/features/privacy/detect/address.ts';
import { findByPattern } from '../../shared/features/privacy/detect/detector.ts';
import { openDetector } from '../../electron/features/privacy/word-lists.ts';
import { recognisers } from '../../shared/features/privacy/detect/rule-table.ts';
import { readFacts } from '../../shared/features/privacy/detect/text-facts.ts';
import { readCorpus } from '../fixtures/privacy/corpus.ts';
import { projectFolder } from '../helpers/project.ts';
import { hostileUnits } from './hostile.ts';

const detect = openDetector(join(projectFolder, 'resources', 'privacy'));
const patterns = recognisers.flatMap((one) => one.patterns);
const expressions = [
  ...patterns.map(({ rule, expression }) => ({ rule, expression })),
  ...addressExpressions.map(({ rule, expression }) => ({ rule, expression })),
];

/**
 * Those that recheck does not come to an end with. Why they are safe: every repetition in them has a most, which is tested
 * below, so that at most a constant number of steps follows each unit; and the hostile texts run through them.
 */
const undecided: Readonly<Record<string, string>> = {
  'secret.private-key': 'reads on to the next BEGIN or END at most, 16 kB',
  'email.address': 'at most 64 units before the sign and eight labels of 63 after it',
  'account-name.named': 'a word of the list, at most 20 units of signs and 40 of a name',
  'address.english': 'at most four words of 25 units between a number and a kind of street',
  'address.suffixed': 'at most three words of 25 units before the word with the ending',
  'address.prefixed': 'at most four words of 25 units after the kind of street',
  'address.military': 'at most three words of 25 units after the kind of ship',
  'address.numbered-name': 'at most three words of 25 units between two numbers',
  'address.corner': 'at most four words of 25 units on either side',
  'address.town-state-code': 'at most three words of 25 units before the state',
};

/** Counted steps alone decide: on a busy machine, a time limit of the attack would pass for an attack that worked. */
const unhurried = { timeout: 120_000, attackTimeout: null, incubationTimeout: null };

test('recheck proves every other expression safe', () => {
  const unproved = expressions
    .filter(({ rule }) => !(rule in undecided))
    .flatMap(({ rule, expression }) => {
      const flags = expression.flags.replace('d', '');
      const { status } = checkSync(expression.source, flags, unhurried);
      return status === 'safe' ? [] : [`${rule}: ${status}`];
    });
  expect(unproved).toEqual([]);
}, 600_000);

test('what recheck cannot decide repeats nothing without end', () => {
  const listed = expressions.filter(({ rule }) => rule in undecided);
  expect(listed.map(({ rule }) => rule).toSorted()).toEqual(Object.keys(undecided).toSorted());
  const endless = listed.filter(({ expression }) => {
    const plain = expression.source.replace(/\\./g, '').replace(/\[[^\]]*\]/g, '');
    return /[*+]|\{\d+,\}/.test(plain);
  });
  expect(endless.map(({ rule }) => rule)).toEqual([]);
});

/** Steps cannot be counted inside of V8, so the work is: matches of every expression never look back over the whole text. */
test.each(hostileUnits)('a hostile text of %j is read to its end', (unit) => {
  const text = unit.repeat(Math.ceil(200_000 / unit.length));
  const places = detect(text);
  expect(
    places.every(
      ({ start, end }, index) => start < end && end <= text.length && start >= (places[index - 1]?.end ?? 0),
    ),
  ).toBe(true);
});

test('triggers change nothing: every expression run everywhere finds the same', () => {
  for (const { text } of readCorpus()) {
    const facts = readFacts(text);
    expect(findByPattern(facts)).toEqual(findByPattern(facts, true));
  }
});
