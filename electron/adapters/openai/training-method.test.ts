import { expect, test } from 'vitest';
import { createScriptedServer } from '../../../tests/helpers/scripted-server.ts';
import type { CreateJob } from '../../core/feature-ports.ts';
import { createOpenAiProvider } from './openai-provider.ts';

const create: CreateJob = {
  model: 'm',
  trainingFileId: 'file-1',
  validationFileId: null,
  suffix: null,
  seed: 7,
  method: 'supervised',
  hyperparameters: { nEpochs: 3, batchSize: 'auto', learningRateMultiplier: 'auto' },
  metadata: { intent: 'i-1' },
};

test('a job is sent with its method and that method’s hyperparameters, beta for preferences only', async () => {
  const server = await createScriptedServer(() => ({
    id: 'ftjob-1',
    status: 'queued',
    model: 'm',
    created_at: 1_760_000_000,
    training_file: 'file-1',
    hyperparameters: null,
    method: { type: 'dpo', dpo: { hyperparameters: { n_epochs: 2, beta: 0.3 } } },
  }));
  try {
    const provider = createOpenAiProvider('compatible', {
      baseUrl: server.baseUrl,
      organization: null,
      project: null,
      apiKey: async () => 'sk-test-0123456789',
      fetchFor: () => fetch,
    });
    await provider.createJob(create);
    const created = await provider.createJob({ ...create, method: 'dpo' });
    const hyperparameters = { ...create.hyperparameters, beta: 0.3 };
    await provider.createJob({ ...create, method: 'dpo', hyperparameters });
    const shared = { n_epochs: 3, batch_size: 'auto', learning_rate_multiplier: 'auto' };
    const sent = server.arrived.map(({ body }) => (JSON.parse(body) as { method: unknown }).method);
    expect(sent).toEqual([
      { type: 'supervised', supervised: { hyperparameters: shared } },
      { type: 'dpo', dpo: { hyperparameters: { ...shared, beta: 'auto' } } },
      { type: 'dpo', dpo: { hyperparameters: { ...shared, beta: 0.3 } } },
    ]);
    expect(created.hyperparameters).toEqual({
      nEpochs: 2,
      batchSize: null,
      learningRateMultiplier: null,
      beta: 0.3,
    });
  } finally {
    await server.close();
  }
});
