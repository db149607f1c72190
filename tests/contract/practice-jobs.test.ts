import type OpenAI from 'openai';
import { expect, test } from 'vitest';
import { base, describePractice, failure, hashOf, supervised } from '../helpers/practice-client.ts';

describePractice('fine-tuning jobs through the openai SDK', (api) => {
  test('a job goes through its states, tells what it does, and makes a model that learned', async () => {
    const created = await api().train({ suffix: 'moods', metadata: { intent: 'one' } });
    expect(created).toMatchObject({
      object: 'fine_tuning.job',
      status: 'validating_files',
      fine_tuned_model: null,
      trained_tokens: null,
      seed: 11,
      hyperparameters: { n_epochs: 'auto', batch_size: 'auto', learning_rate_multiplier: 'auto' },
    });
    const job = await api().ended(created.id);
    expect(job.status).toBe('succeeded');
    expect(job.fine_tuned_model).toBe(`ft:${base}:lapidary:moods:${job.id.slice(-8)}`);
    expect(job.hyperparameters).toEqual({ n_epochs: 3, batch_size: 1, learning_rate_multiplier: 1 });
    expect(job.trained_tokens).toBeGreaterThan(0);
    const events: OpenAI.FineTuning.FineTuningJobEvent[] = [];
    for await (const event of api().client.fineTuning.jobs.listEvents(job.id, { limit: 50 }))
      events.push(event);
    expect(new Set(events.map((event) => event.id)).size).toBe(events.length);
    const messages = events.filter((event) => event.type === 'message').map((event) => event.message);
    expect(messages.reverse()).toEqual([
      `Created fine-tuning job: ${job.id}`,
      `Validating training file: ${job.training_file}`,
      `Validating validation file: ${job.validation_file}`,
      'Files validated, moving job to queued state',
      'Fine-tuning job started',
      `New fine-tuned model created: ${job.fine_tuned_model}`,
      'Fine tuning job successfully completed',
    ]);
    const metrics = events.filter((event) => event.type === 'metrics').reverse();
    expect(metrics.map((event) => (event.data as { step: number }).step)).toEqual(
      Array.from({ length: 120 }, (_, i) => i + 1),
    );
    expect(metrics.at(-1)?.message).toMatch(
      /^Step 120\/120: training loss=\d+\.\d\d, validation loss=\d+\.\d\d, full validation loss=\d+\.\d\d$/,
    );
    expect(metrics.at(-1)?.data).toMatchObject({ total_steps: 120, full_valid_mean_token_accuracy: 1 });
  });

  test('checkpoints of the last three epochs, newest first, each a model; step 0 is the untrained policy', async () => {
    const job = await api().ended((await api().train({ method: supervised({ n_epochs: 5 }) })).id);
    const checkpoints = await api().client.fineTuning.jobs.checkpoints.list(job.id);
    expect(checkpoints.data.map((one) => one.step_number)).toEqual([200, 160, 120]);
    expect(checkpoints.data[0]).toMatchObject({
      object: 'fine_tuning.job.checkpoint',
      fine_tuning_job_id: job.id,
      fine_tuned_model_checkpoint: `${job.fine_tuned_model}:ckpt-step-200`,
    });
    const models = await api().client.models.list();
    const ids = models.data.map((model) => model.id);
    expect(ids).toEqual(
      expect.arrayContaining([base, job.fine_tuned_model, `${job.fine_tuned_model}:ckpt-step-0`]),
    );
    expect(ids).not.toContain(`${job.fine_tuned_model}:ckpt-step-40`);
    expect(models.data[0]).toMatchObject({ id: base, shutdown_date: null, owned_by: 'lapidary' });
    const model = await api().client.models.retrieve(job.fine_tuned_model ?? '');
    expect(hashOf(model)).toMatch(/^[0-9a-f]{64}$/);
    expect(hashOf(job)).toBe(hashOf(model));
    expect(hashOf(checkpoints.data[0])).toBe(hashOf(model));
    expect(hashOf(checkpoints.data[1])).not.toBe(hashOf(model));
  });

  test('the result file is a CSV with a line a step', async () => {
    const job = await api().ended((await api().train()).id);
    const csv = await (await api().client.files.content(job.result_files[0] ?? '')).text();
    const [head, ...lines] = csv.trim().split('\n');
    expect(head).toBe(
      'step,train_loss,train_mean_token_accuracy,valid_loss,valid_mean_token_accuracy,full_valid_loss,full_valid_mean_token_accuracy',
    );
    expect(lines).toHaveLength(120);
    expect(lines.filter((line) => line.split(',')[5] !== '')).toHaveLength(3);
    expect((await api().client.files.retrieve(job.result_files[0] ?? '')).purpose).toBe('fine-tune-results');
  });

  test('jobs are listed newest first, paged, and found by metadata', async () => {
    const made = [
      await api().train({ metadata: { batch: 'm', n: '1' } }),
      await api().train({ metadata: { batch: 'm', n: '2' } }),
    ];
    const list = async (query: OpenAI.FineTuning.JobListParams) => {
      const ids: string[] = [];
      for await (const job of api().client.fineTuning.jobs.list(query)) ids.push(job.id);
      return ids;
    };
    const ids = made.map((job) => job.id).reverse();
    expect(await list({ metadata: { batch: 'm' }, limit: 1 })).toEqual(ids);
    expect(await list({ metadata: { batch: 'm', n: '1' } })).toEqual([made[0]?.id]);
    expect(await list({ metadata: { batch: 'other' } })).toEqual([]);
    expect((await list({})).slice(0, 2)).toEqual(ids);
    expect(await list({ metadata: null })).not.toContain(ids[0]);
    for (const id of ids) await api().ended(id);
  });

  test('cancel stops a job for good; pause and resume change nothing in the result', async () => {
    const slow = { method: supervised({ n_epochs: 15 }) };
    const whole = await api().ended((await api().train(slow)).id);
    api().practice.newJobs('real_time');
    const paused = await api().train(slow);
    await api().settled(paused.id, 'running');
    expect((await api().client.fineTuning.jobs.pause(paused.id)).status).toBe('pausing');
    const still = await api().settled(paused.id, 'paused');
    expect(still.finished_at).toBeNull();
    api().practice.provider().setPace(paused.id, 'instant');
    expect((await api().client.fineTuning.jobs.resume(paused.id)).status).toBe('queued');
    const done = await api().ended(paused.id);
    expect(hashOf(done)).toBe(hashOf(whole));

    const doomed = await api().train(slow);
    await api().settled(doomed.id, 'running');
    expect((await api().client.fineTuning.jobs.cancel(doomed.id)).status).toBe('cancelled');
    expect(await failure(api().client.fineTuning.jobs.cancel(doomed.id))).toMatchObject({ status: 400 });
    expect(await failure(api().client.fineTuning.jobs.pause(doomed.id))).toMatchObject({ status: 400 });
    expect(await failure(api().client.fineTuning.jobs.resume(doomed.id))).toMatchObject({ status: 400 });
    expect((await api().ended(doomed.id)).fine_tuned_model).toBeNull();
    api().practice.newJobs('instant');
  });

  test('a provider that is closed goes on where it was when it opens again', async () => {
    const many = { method: supervised({ n_epochs: 12 }) };
    const whole = await api().ended((await api().train(many)).id);
    api().practice.newJobs('ten_times');
    const job = await api().train(many);
    await api().settled(job.id, 'running');
    await api().practice.restart();
    expect(['queued', 'running']).toContain((await api().client.fineTuning.jobs.retrieve(job.id)).status);
    api().practice.provider().setPace(job.id, 'instant');
    const done = await api().ended(job.id);
    api().practice.newJobs('instant');
    expect(hashOf(done)).toBe(hashOf(whole));
    const steps: unknown[] = [];
    for await (const event of api().client.fineTuning.jobs.listEvents(job.id, { limit: 100 })) {
      if (event.type === 'metrics') steps.push((event.data as { step: number }).step);
    }
    expect(steps.reverse()).toEqual(Array.from({ length: 480 }, (_, i) => i + 1));
  });
});
