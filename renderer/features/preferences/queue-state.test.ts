import { expect, test } from 'vitest';
import { everyPair } from '../../../shared/features/preferences/preferences.model.ts';
import { codeOfReason } from './reason-codes.ts';
import { paceText } from './pace-words.ts';
import { firstSettings, namesOf, settingsOfDraft } from './set-draft.ts';
import { filterOfQueue, isQueueFiltered, judgeAddress, queueState } from './queue-state.ts';

test('an address without filters names every pair; a broken one too', () => {
  expect(filterOfQueue(queueState.parse({}))).toEqual(everyPair);
  const broken = queueState.parse({ states: 'no', pairs: ['x'], flagged: 7, tab: 'queue' });
  expect(isQueueFiltered(broken)).toBe(false);
});

test('judging what is shown goes by an address that says the same', () => {
  const state = queueState.parse({ states: ['skipped'], flagged: true, pairs: [3, 4], text: 'a & b' });
  const [path, search] = judgeAddress('s1', state).split('?');
  expect(path).toBe('/preferences/s1/judge');
  const read = Object.fromEntries(new URLSearchParams(search));
  expect(read).toEqual({ text: 'a & b', states: '["skipped"]', flagged: 'true', pairs: '[3,4]' });
  expect(judgeAddress('s1', queueState.parse({}))).toBe('/preferences/s1/judge');
});

test('settings stay within what a set takes', () => {
  expect(namesOf('ann, bob\n ann ;cleo\n')).toEqual(['ann', 'bob', 'cleo']);
  const settings = settingsOfDraft({
    ...firstSettings,
    repeatPercent: 99,
    seed: Number.NaN,
    reviewers: 'ann\nbob',
    reviewersPerPair: 5,
  });
  expect(settings).toMatchObject({
    repeatShare: 0.5,
    seed: 0,
    reviewers: ['ann', 'bob'],
    reviewersPerPair: 2,
  });
});

test('a reason gets a code of its own', () => {
  expect(codeOfReason('Zu höflich!', [])).toBe('zu_ho_flich');
  expect(codeOfReason('Tone', ['tone', 'tone_2'])).toBe('tone_3');
  expect(codeOfReason('!!!', [])).toBe('reason');
  expect(codeOfReason('9 lives', [])).toBe('lives');
});

test('pace is told from the fifth verdict on, the rest as a range', () => {
  expect(paceText([1000, 1000, 1000, 1000], 10)).toBe('');
  expect(paceText([6000, 6000, 6000, 6000, 6000], 100)).toBe('6 s a verdict · 10 min left');
  expect(paceText([6000, 6000, 6000, 6000, 6000], 0)).toBe('6 s a verdict');
  expect(paceText([2000, 9000, 4000, 12_000, 7000], 2000)).toMatch(/ s a verdict · [\d.]+–[\d.]+ h left$/);
});
