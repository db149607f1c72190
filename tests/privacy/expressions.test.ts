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
 * Beyond what recheck can tell: their repetitions are bounded, so that at most a constant number of steps follows each
 * unit, and the hostile texts below run through them.
 */
const bounded = new Set([
  'secret.private-key',
  'secret.private-key-tail',
  'secret.azure-client-secret',
  'secret.password',
  'secret.terraform',
  'secret.aws-secret-key',
  'url.credentials',
  'address.suffixed',
  'address.prefixed',
  'address.town-state-code',
]);

test('recheck knows no attack on any other expression', () => {
  const attacked = expressions
    .filter(({ rule }) => !bounded.has(rule))
    .filter(({ expression }) => {
      const flags = expression.flags.replace('d', '');
      return checkSync(expression.source, flags, { timeout: 1000 }).status === 'vulnerable';
    });
  expect(attacked.map(({ rule }) => rule)).toEqual([]);
}, 240_000);

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
