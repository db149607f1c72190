import { expect, test } from 'vitest';
import type { Task } from '../../../shared/features/activity/activity.model.ts';
import { amountText, progressText, timeLeftMs } from './progress-words.ts';

const running: Task = {
  id: '1',
  kind: 'datasets.import',
  title: 'Import tickets.jsonl',
  state: 'running',
  done: 250,
  total: 1000,
  unit: 'lines',
  message: '',
  subject: null,
  failure: null,
  createdAt: 0,
  startedAt: 1_000,
  endedAt: null,
};

test('the time left follows from the pace so far', () => {
  expect(timeLeftMs(running, 11_000)).toBe(30_000);
  expect(progressText(running, 11_000)).toBe(`25% · 00:30 left`);
});

test('too early to say is not said', () => {
  expect(timeLeftMs(running, 1_200)).toBeNull();
  expect(timeLeftMs({ ...running, done: 5 }, 60_000)).toBeNull();
  expect(progressText({ ...running, total: 0 }, 60_000)).toBe('running');
});

test('amounts carry their unit', () => {
  expect(amountText(running)).toBe('250 of 1,000 lines');
  expect(amountText({ ...running, unit: '' })).toBe('');
  expect(amountText({ ...running, done: 2_500_000, total: 10_000_000, unit: 'bytes' })).toBe(
    '2.5 MB of 10 MB',
  );
});
