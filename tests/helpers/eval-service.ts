import type { ChatMessage, SftExample } from '../../shared/features/datasets/datasets.model.ts';
import { textOf } from '../../shared/features/evals/sample.rules.ts';
import { openDatabase } from '../../electron/adapters/sqlite/open-database.ts';
import type { ChatRequest, DatasetReader, JobReader } from '../../electron/core/feature-ports.ts';
import { createGradeJob } from '../../electron/features/evals/evals.grade.ts';
import { createEvalsService } from '../../electron/features/evals/evals.service.ts';
import {
  createMemoryApprovals,
  createMemoryDatasets,
  createMemoryJobs,
  createMemoryProvider,
  oneVersion,
  openPrivacyGate,
} from './eval-ports.ts';
import { createInlineWorkers } from './inline-workers.ts';
import { createTestKit } from './test-kit.ts';

const labels = ['billing', 'returns', 'delivery'];
const example = (index: number): SftExample => ({
  messages: [
    { role: 'system', content: 'Sort the ticket.' },
    { role: 'user', content: `Ticket ${index} is about ${labels[index % 3]}` },
    { role: 'assistant', content: labels[index % 3] ?? '' },
  ],
});
/** Thirty tickets with three recurring labels. */
export const ticketExamples = Array.from({ length: 30 }, (_, index) => example(index));
/** Which ticket a request is about. */
export const askedIndex = (request: ChatRequest): number =>
  Number(/Ticket (\d+)/.exec(textOf(request.messages.at(-1) ?? { content: '' }))?.[1]);

/** Base always says billing; tuned is right except on every tenth ticket. */
export const honest = (request: ChatRequest): ChatMessage => {
  const index = askedIndex(request);
  if (!request.model.startsWith('ft:')) return { role: 'assistant', content: 'billing' };
  return { role: 'assistant', content: index % 10 === 9 ? 'no idea' : (labels[index % 3] ?? '') };
};

const opened: { close(): Promise<void> }[] = [];

/** Closes every workspace that {@link setUpEvals} opened. */
export async function closeEvals(): Promise<void> {
  for (const one of opened.splice(0)) await one.close();
}

/** The evals service over memory ports and a real store; `start` plans, approves and starts. */
export async function setUpEvals(
  parts: {
    reply?: Parameters<typeof createMemoryProvider>[0];
    datasets?: DatasetReader;
    jobs?: JobReader;
  } = {},
) {
  const test = createTestKit({
    workers: createInlineWorkers({ 'evals.grade': createGradeJob(openDatabase) }),
  });
  const { registry, requests } = createMemoryProvider(parts.reply ?? honest);
  const { handlers, reader } = createEvalsService(test.kit, {
    datasets: parts.datasets ?? createMemoryDatasets(ticketExamples),
    jobs: parts.jobs ?? createMemoryJobs(),
    providers: registry,
    approvals: createMemoryApprovals(),
    versions: oneVersion,
    privacy: openPrivacyGate,
  });
  await test.open();
  opened.push(test);
  const start = async () => {
    const plan = await handlers.plan({ jobId: 'job-1' }, {});
    const { approval } = plan;
    return handlers.start({ jobId: 'job-1', approvalId: approval.approvalId, graders: null, seed: null }, {});
  };
  return { ...test, handlers, reader, requests, start };
}
