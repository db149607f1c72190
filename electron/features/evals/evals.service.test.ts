import { afterEach, describe, expect, it } from 'vitest';
import { evalItem, evalPlan, evalResult, evalSummary } from '../../../shared/features/evals/evals.model.ts';
import { createMemoryDatasets, createMemoryJobs } from '../../../tests/helpers/eval-ports.ts';
import { closeEvals, setUpEvals, ticketExamples } from '../../../tests/helpers/eval-service.ts';

afterEach(closeEvals);

describe('plan', () => {
  it('says what would be asked and which graders fit, and asks nothing', async () => {
    const { handlers, requests } = await setUpEvals();
    const plan = evalPlan.parse(await handlers.plan({ jobId: 'job-1' }, {}));
    expect(plan).toMatchObject({
      itemCount: 30,
      skippedItems: 0,
      requests: 60,
      promptTokens: 300,
      costMicroUsd: 0,
      staysOnThisMachine: true,
    });
    expect(plan.graders.map((grader) => grader.type)).toEqual(['string_check', 'classification']);
    expect(requests).toHaveLength(0);
  });

  it('refuses a data set without a test split and says what to do', async () => {
    const { handlers } = await setUpEvals({ datasets: createMemoryDatasets([]) });
    await expect(handlers.plan({ jobId: 'job-1' }, {})).rejects.toMatchObject({
      code: 'EVAL_IMPOSSIBLE',
      data: { what: '“tickets” has no test split, so there is nothing the model has not seen.' },
    });
  });

  it('leaves out what cannot be asked, whatever its shape, and says how many', async () => {
    const broken = [
      { messages: 'none' },
      { messages: [] },
      { messages: [{ role: 'user', content: 'no answer' }] },
      { messages: [{ role: 'assistant', content: 'no question' }] },
    ];
    const { handlers } = await setUpEvals({
      datasets: createMemoryDatasets([...ticketExamples.slice(0, 10), ...(broken as never[])]),
    });
    expect(await handlers.plan({ jobId: 'job-1' }, {})).toMatchObject({ itemCount: 10, skippedItems: 4 });
    const nothing = await setUpEvals({ datasets: createMemoryDatasets(broken as never[]) });
    await expect(nothing.handlers.plan({ jobId: 'job-1' }, {})).rejects.toMatchObject({
      code: 'EVAL_IMPOSSIBLE',
    });
  });

  it('refuses a job without a tuned model', async () => {
    const failed = await setUpEvals({ jobs: createMemoryJobs({ fineTunedModel: null, status: 'failed' }) });
    await expect(failed.handlers.plan({ jobId: 'j' }, {})).rejects.toMatchObject({
      data: { retry: 'never' },
    });
    const running = await setUpEvals({ jobs: createMemoryJobs({ fineTunedModel: null, status: 'running' }) });
    await expect(running.handlers.plan({ jobId: 'j' }, {})).rejects.toMatchObject({
      data: { retry: 'later' },
    });
  });
});

describe('an evaluation', () => {
  it('asks both models every item, grades, and finds the better one', async () => {
    const { handlers, kit, requests, start } = await setUpEvals();
    const { evalId, taskId } = await start();
    expect((await kit.tasks.ended(taskId)).state).toBe('succeeded');
    expect(requests).toHaveLength(60);
    expect(requests[0]).toMatchObject({ temperature: 0, seed: 42, maxTokens: 256 });
    expect(requests[0]?.messages.map((message) => message.role)).toEqual(['system', 'user']);

    const result = evalResult.parse(await handlers.get({ evalId }, {}));
    expect(result).toMatchObject({ state: 'done', answered: 60, itemCount: 30 });
    const [exact, label] = result.graders;
    expect(exact?.base.mean).toBeCloseTo(1 / 3, 12);
    expect(exact?.tuned.mean).toBeCloseTo(0.9, 12);
    expect(exact?.difference.verdict).toBe('better');
    expect(exact?.pairs).toEqual({ bothRight: 9, improved: 18, worsened: 1, bothWrong: 2 });
    expect(label?.labels?.names).toEqual(['billing', 'delivery', 'returns']);
    expect(label?.failures).toEqual([{ failure: 'not_a_label', base: 0, tuned: 3 }]);
    expect(evalSummary.parse((await handlers.list({ jobId: 'job-1' }, {}))[0]).headline?.sentence).toContain(
      'The tuned model is better.',
    );
    expect(await handlers.list({ jobId: 'other' }, {})).toEqual([]);
  });

  it('pages items by position, filters by outcome and searches all texts', async () => {
    const { handlers, kit, start } = await setUpEvals();
    const { evalId, taskId } = await start();
    await kit.tasks.ended(taskId);
    const page = (input: object) =>
      handlers.items({ evalId, outcome: null, search: '', afterPosition: null, limit: 12, ...input }, {});
    const index = async (input: object) =>
      handlers.itemIndex({ evalId, outcome: null, search: '', ...input }, {});
    const first = await page({});
    expect(first.nextAfter).toBe(11);
    expect((await index({})).positions).toHaveLength(30);
    expect((await index({})).counts).toEqual({
      improved: 18,
      worsened: 1,
      both_right: 9,
      both_wrong: 2,
      unchanged: 0,
    });
    const second = await page({ afterPosition: first.nextAfter, limit: 30 });
    expect([...first.items, ...second.items].map((item) => item.position)).toEqual(
      ticketExamples.map((_, index) => index),
    );
    expect(second.nextAfter).toBeNull();
    expect((await page({ outcome: 'worsened' })).items).toMatchObject([
      { position: 9, baseAnswer: 'billing', tunedAnswer: 'no idea', expected: 'billing', exampleId: 109 },
    ]);
    expect((await index({ search: 'no id' })).positions).toEqual([9, 19, 29]);
    expect((await page({ search: 'ticket 17' })).items.map((item) => item.position)).toEqual([17]);
    expect((await index({ search: '" OR *' })).positions).toEqual([]);
    expect((await index({ search: '"*:' })).positions).toHaveLength(30);

    const item = evalItem.parse(await handlers.item({ evalId, position: 9 }, {}));
    expect(item).toMatchObject({
      outcome: 'worsened',
      expectedText: 'billing',
      base: { text: 'billing' },
      tuned: { text: 'no idea' },
    });
    expect(item.grades.map((grade) => grade.graderName)).toEqual(['Exact match', 'Label']);
    expect(() => handlers.item({ evalId, position: 99 }, {})).toThrow('This evaluation has no item 100.');
  });

  it('gives the same results for the same answers', async () => {
    const { handlers, kit, start } = await setUpEvals();
    const one = await start();
    await kit.tasks.ended(one.taskId);
    const other = await start();
    await kit.tasks.ended(other.taskId);
    const first = await handlers.get({ evalId: one.evalId }, {});
    const second = await handlers.get({ evalId: other.evalId }, {});
    expect(second.graders).toEqual(first.graders);
  });

  it('starts only what was approved, once', async () => {
    const { handlers, kit } = await setUpEvals();
    const { approval } = await handlers.plan({ jobId: 'job-1' }, {});
    const start = { jobId: 'job-1', approvalId: approval.approvalId, graders: null, seed: 1 };
    await expect(handlers.start({ ...start, jobId: 'job-2' }, {})).rejects.toMatchObject({
      code: 'NOT_APPROVED',
    });
    const again = await handlers.plan({ jobId: 'job-1' }, {});
    const { taskId } = await handlers.start({ ...start, approvalId: again.approval.approvalId }, {});
    await kit.tasks.ended(taskId);
    await expect(
      handlers.start({ ...start, approvalId: again.approval.approvalId }, {}),
    ).rejects.toMatchObject({
      code: 'NOT_APPROVED',
    });
    expect(await handlers.list({ jobId: null }, {})).toHaveLength(1);
  });

  it('offers reports its results and items of each outcome', async () => {
    const { kit, reader, start } = await setUpEvals();
    const { evalId, taskId } = await start();
    await kit.tasks.ended(taskId);
    const facts = reader.facts(evalId);
    expect(facts.sampleItems.map((item) => item.outcome)).toEqual([
      ...Array(4).fill('improved'),
      'worsened',
      'both_wrong',
      'both_wrong',
      'both_right',
    ]);
  });
});
