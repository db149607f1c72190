import type { DatasetFacts, EvalFacts, JobFacts } from '../../electron/core/feature-ports.ts';
import type { EvalItem } from '../../shared/features/evals/evals.model.ts';
import type { Grade, Grader } from '../../shared/features/evals/graders.model.ts';
import { type GradePair, outcomeOf, summarise } from '../../shared/features/evals/results.rules.ts';
import { createMemoryDatasets, createMemoryJobs } from './eval-ports.ts';

const names = ['billing', 'delivery', 'returns', 'account'];
const graders: Grader[] = [
  { type: 'json_match', name: 'All fields', fields: null },
  {
    type: 'classification',
    name: 'category',
    source: { kind: 'field', field: 'category' },
    labels: names,
  },
];

function gradeOf(expected: string, answered: string): Grade {
  const isRight = expected === answered;
  const predicted = names.includes(answered) ? answered : null;
  return {
    score: Number(isRight),
    passed: isRight,
    failure: predicted === null ? 'not_a_label' : null,
    note: '',
    label: { expected, predicted },
    fields: { category: isRight },
  };
}

/** Facts of a made-up run of 48 items, computed by the real rules; `text` is put wherever data text can stand. */
export function createReportFacts(text = ''): {
  dataset: DatasetFacts;
  job: JobFacts;
  evaluation: EvalFacts;
} {
  const rows = Array.from({ length: 48 }, (_, index) => {
    const expected = names[index % 4] ?? '';
    return { expected, base: names[(index * 7) % 3] ?? '', tuned: index % 11 === 3 ? 'unsure' : expected };
  });
  const pairs: GradePair[] = rows.map((row) => ({
    base: gradeOf(row.expected, row.base),
    tuned: gradeOf(row.expected, row.tuned),
  }));
  const results = graders.map((grader) => summarise(grader, pairs, 42));
  const [headline] = results;
  if (!headline) throw new Error('no grader');
  const items = rows.slice(0, 9).map((row, position): EvalItem => {
    const pair = pairs[position];
    const answer = (label: string) => ({
      message: { role: 'assistant' as const, content: `{"category":"${label}"}` },
      text: `{"category":"${label}"}${text}`,
      finishReason: 'stop',
      refusal: null,
    });
    return {
      position,
      exampleId: position,
      prompt: [
        { role: 'user', content: `My parcel number ${position} has not arrived and I paid twice.${text}` },
      ],
      tools: [],
      expected: { role: 'assistant', content: `{"category":"${row.expected}"}` },
      expectedText: `{"category":"${row.expected}"}${text}`,
      base: answer(row.base),
      tuned: answer(row.tuned),
      outcome: pair ? outcomeOf(pair) : null,
      grades: pair ? [{ graderName: 'All fields', ...pair }] : [],
    };
  });
  return { dataset: datasetOf(text), job: jobOf(text), evaluation: evaluationOf(text, { results, items }) };
}

function evaluationOf(text: string, parts: { results: EvalFacts['graders']; items: EvalItem[] }): EvalFacts {
  return {
    evalId: 'eval-1',
    taskId: null,
    name: `triage${text}`,
    jobId: 'job-1',
    datasetId: 'dataset-1',
    datasetName: `Support tickets${text}`,
    dataVersion: { versionId: 'version-3', number: 3, root: 'e'.repeat(64) },
    connectionId: 'practice',
    providerKind: 'practice',
    baseModel: 'practice-base',
    tunedModel: 'ft:practice-base:local:triage:7f3a',
    state: 'done',
    seed: 42,
    itemCount: 48,
    answered: 96,
    failure: null,
    createdAt: 1_795_168_800_000,
    endedAt: 1_795_168_860_000,
    headline: null,
    graders: parts.results,
    sampleItems: parts.items,
  };
}

function datasetOf(text: string): DatasetFacts {
  const facts = createMemoryDatasets([]).facts('dataset-1');
  return {
    ...facts,
    name: `Support tickets${text}`,
    sourceName: `tickets-2026.jsonl${text}`,
    sourceSha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    exampleCount: 240,
    quarantinedCount: 6,
    tokenTotal: 18_234,
    splitCounts: { train: 156, validation: 36, test: 48, unassigned: 0 },
    findingCounts: { error: 3, warning: 11, info: 4 },
  };
}

function jobOf(text: string): JobFacts {
  const facts = createMemoryJobs().facts('job-1');
  const metrics = Array.from({ length: 120 }, (_, step) => ({
    step: step + 1,
    totalSteps: 120,
    values: {
      train_loss: 1.4 * Math.exp(-step / 30) + 0.05 + (step % 5) / 60,
      train_mean_token_accuracy: 1 - 0.7 * Math.exp(-step / 35),
      ...(step % 10 === 9
        ? {
            valid_loss: 1.3 * Math.exp(-step / 36) + 0.16,
            valid_mean_token_accuracy: 0.94 - 0.6 * Math.exp(-step / 32),
          }
        : {}),
    },
  }));
  return {
    ...facts,
    name: `Ticket triage${text}`,
    fineTunedModel: 'ft:practice-base:local:triage:7f3a',
    trainingFile: {
      sha256: '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae',
      sizeBytes: 84_211,
      examples: 156,
    },
    estimate: {
      provider: 'practice',
      model: 'practice-base',
      method: 'supervised',
      examples: 156,
      epochs: 3,
      tokensPerEpoch: 11_852,
      billedTokens: 35_556,
      truncatedExamples: 0,
      totalMicroUsd: 0,
      price: {
        unit: '1M_tokens',
        microUsdPerUnit: 0,
        source: `Practice runs on this machine${text}`,
        retrievedOn: '2026-11-20',
        validFrom: null,
        validUntil: null,
      },
      lines: [
        {
          label: 'Tokens per epoch',
          formula: 'Σ min(65,536, tokens) over 156 examples',
          result: '11,852',
          microUsd: null,
        },
        { label: 'Billed tokens', formula: '11,852 × 3 epochs', result: '35,556', microUsd: null },
        { label: 'Training', formula: '35,556 × $0.00 ÷ 1,000,000', result: '$0.00', microUsd: 0 },
      ],
    },
    trainedTokens: 35_556,
    metrics,
    checkpoints: [
      {
        id: 'c1',
        model: 'ft:practice-base:local:triage:ckpt-step-80',
        stepNumber: 80,
        metrics: { valid_loss: 0.31 },
      },
    ],
    createdAt: 1_795_168_500_000,
    endedAt: 1_795_168_584_000,
    weightsSha256: 'fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9',
  };
}
