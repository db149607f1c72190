import { expect, test } from 'vitest';
import type { Task } from '../../../shared/features/activity/activity.model.ts';
import type { Dataset } from '../../../shared/features/datasets/datasets.model.ts';
import type { Job } from '../../../shared/features/jobs/jobs.model.ts';
import { needsOfDatasets, needsOfJobs, needsOfTasks, sortNeeds } from './work.rules.ts';

const now = 1_800_000_000_000;

const dataset = (part: Partial<Dataset>): Dataset =>
  ({
    datasetId: 'd',
    name: 'Tickets',
    isSearchable: true,
    isCompared: true,
    exampleCount: 10,
    splitRecipe: null,
    findingCounts: { error: 0, warning: 0, info: 0 },
    ...part,
  }) as Dataset;

const task = (part: Partial<Task>): Task =>
  ({
    id: 't',
    title: 'Import',
    state: 'failed',
    createdAt: now,
    endedAt: now,
    failure: null,
    ...part,
  }) as Task;

const job = (part: Partial<Job>): Job =>
  ({ id: 'j', name: 'Run', status: 'running', problem: null, waiting: null, endedAt: null, ...part }) as Job;

test('a data set asks for its errors first, then for a split, then for nothing', () => {
  const errors = needsOfDatasets([dataset({ findingCounts: { error: 1, warning: 5, info: 0 } })]);
  expect(errors).toMatchObject([{ tone: 'ruby', detail: '1 error would make a provider reject the file' }]);
  expect(needsOfDatasets([dataset({})])).toMatchObject([{ tone: 'accent', href: '/datasets/d' }]);
  expect(needsOfDatasets([dataset({ splitRecipe: {} as Dataset['splitRecipe'] })])).toEqual([]);
  expect(needsOfDatasets([dataset({ exampleCount: 0 })])).toEqual([]);
});

test('a failed task waits for a day, unless the same was tried again', () => {
  expect(needsOfTasks([task({})], now)).toHaveLength(1);
  expect(needsOfTasks([task({ endedAt: now - 90_000_000 })], now)).toEqual([]);
  const again = task({ id: 't2', state: 'succeeded', createdAt: now + 1 });
  expect(needsOfTasks([task({}), again], now)).toEqual([]);
});

test('a run asks when it failed, when its outcome is unknown and while it waits', () => {
  const failed = job({
    status: 'failed',
    endedAt: now,
    problem: { code: 'x', message: 'Bad file.', todo: '' },
  });
  expect(needsOfJobs([failed], now)).toMatchObject([{ tone: 'ruby', detail: 'Bad file.' }]);
  expect(needsOfJobs([job({ status: 'failed', endedAt: now - 8 * 86_400_000 })], now)).toEqual([]);
  expect(needsOfJobs([job({ status: 'unknown_outcome' })], now)).toMatchObject([{ tone: 'amber' }]);
  const waiting = job({ waiting: { what: 'The gate is closed.', until: null } });
  expect(needsOfJobs([waiting], now)).toMatchObject([{ detail: 'The gate is closed.' }]);
  expect(needsOfJobs([job({})], now)).toEqual([]);
});

test('what went wrong stands first', () => {
  const needs = [
    ...needsOfDatasets([dataset({})]),
    ...needsOfJobs([job({ status: 'unknown_outcome' })], now),
    ...needsOfTasks([task({})], now),
  ];
  expect(sortNeeds(needs).map((need) => need.tone)).toEqual(['ruby', 'amber', 'accent']);
});
