import OpenAI, { toFile } from 'openai';
import { createMemorySecrets } from '../../electron/adapters/keychain/memory-secrets.ts';
import { toExample, writeTickets } from '../fixtures/demo/triage.ts';
import { createTestCore } from './test-core.ts';

/**
 * A process of its own that trains on 120 tickets in the workspace in the given folder, tells its steps, goes on with
 * what an earlier process left, and at last tells the hash of the weights.
 */
const [folder = ''] = process.argv.slice(2);
const { core, client } = createTestCore({ secrets: createMemorySecrets('Keys are kept by the test.') });
await client.workspaces.open({ folder, recoveryPhrase: null });
const { practice } = core;
const openai = new OpenAI({
  apiKey: 'practice',
  baseURL: practice.baseUrl,
  fetch: practice.fetch,
  maxRetries: 0,
});
const [existing] = (await openai.fineTuning.jobs.list({ limit: 1 })).data;
const job = existing ?? (await launch());

async function launch() {
  const text = writeTickets(120, 7)
    .map((ticket) => JSON.stringify(toExample(ticket)))
    .join('\n');
  const file = await openai.files.create({
    file: await toFile(Buffer.from(text), 't.jsonl'),
    purpose: 'fine-tune',
  });
  const hyperparameters = { n_epochs: 12, batch_size: 2 };
  return openai.fineTuning.jobs.create({
    model: 'practice-ranker-1',
    training_file: file.id,
    seed: 5,
    method: { type: 'supervised', supervised: { hyperparameters } },
  });
}

async function tell(): Promise<void> {
  const [event] = (await openai.fineTuning.jobs.listEvents(job.id, { limit: 1 })).data;
  const now = (await openai.fineTuning.jobs.retrieve(job.id)) as typeof job & {
    weights_sha256: string | null;
  };
  process.stdout.write(`${event?.message}\n`);
  if (now.status === 'succeeded') process.stdout.write(`done ${now.weights_sha256}\n`);
  if (now.status === 'failed') process.stdout.write(`failed ${now.error?.message}\n`);
}

practice.onChange(() => void tell());
await tell();
setInterval(() => {}, 1_000_000);
