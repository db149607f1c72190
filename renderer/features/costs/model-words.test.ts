import { expect, test } from 'vitest';
import { dayText, daysLeftText, endTone, modelKey } from './model-words.ts';

test('days left in words', () => {
  expect([-28, -1, 0, 1, 47, null].map(daysLeftText)).toEqual([
    'ended 28 days ago',
    'ended 1 day ago',
    'last day',
    '1 day left',
    '47 days left',
    'no end known',
  ]);
});

test('what ends within two months asks for attention', () => {
  expect([-1, 0, 60, 61, null].map(endTone)).toEqual(['ruby', 'amber', 'amber', 'neutral', 'neutral']);
});

test('a day is the same day in every time zone', () => {
  expect(dayText('2027-01-06')).toContain('6');
  expect(dayText('2027-01-06')).toContain('2027');
});

test('the same model at two providers is two entries', () => {
  expect(modelKey({ provider: 'openai', id: 'm' })).not.toBe(modelKey({ provider: 'azure', id: 'm' }));
});
