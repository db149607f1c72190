import { expect, test } from 'vitest';
import { splitTemplates } from './templates.ts';

const nouns = 'amber basil cedar delta ember fjord gable hazel ivory jolly kayak lemon maple nylon'.split(
  ' ',
);
const noun = (at: number): string => nouns[at % nouns.length] ?? '';
const asked = (at: number): string =>
  `You sort mails by what they are about; answer with one word, and only with one of those that are listed: billing, shipping, returns. The mail: my ${noun(at)} ${at} came with a ${noun(at * 5)}`;

test('one instruction around many inputs is no near duplicate; what repeats beside it is', () => {
  const texts = Array.from({ length: 40 }, (_, at) => asked(at % 38));
  const search = { shingle: 5, rows: 40, textOf: (row: number) => texts[row] ?? '' };
  const group = { rows: [...texts.keys()], similarity: 0.7 };
  expect(splitTemplates([group], search)).toEqual({
    groups: [
      { rows: [0, 38], similarity: 1 },
      { rows: [1, 39], similarity: 1 },
    ],
    templated: 40,
  });
});

test('a small group stays as it is', () => {
  const group = { rows: [3, 4, 9], similarity: 0.8 };
  const search = { shingle: 5, rows: 1000, textOf: () => '' };
  expect(splitTemplates([group], search)).toEqual({ groups: [group], templated: 0 });
});
