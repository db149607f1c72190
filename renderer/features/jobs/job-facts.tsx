import type { Job, JobCheckpoint } from '../../../shared/features/jobs/jobs.model.ts';
import {
  formatBytes,
  formatCount,
  formatFixed,
  formatMoment,
  formatMoney,
  formatNumber,
} from '../../ui/format.ts';
import { Link } from '../../ui/link.tsx';
import { Facts } from '../../ui/stat.tsx';
import { Table } from '../../ui/table.tsx';
import { itemWord, shortMethodWords } from './job-words.ts';

const knobWords = {
  nEpochs: 'Epochs',
  batchSize: 'Batch size',
  learningRateMultiplier: 'Learning rate ×',
  beta: 'Beta',
} as const;

function knobs(job: Job): { name: string; value: string }[] {
  const keys = Object.keys(knobWords) as (keyof typeof knobWords)[];
  const shown = keys.filter((key) => key !== 'beta' || job.method === 'dpo');
  return shown.map((key) => {
    const requested = job.requested[key] ?? 'auto';
    const resolved = job.resolved[key] ?? null;
    const asked = requested === 'auto' ? 'auto' : formatNumber(requested, 3);
    const value = resolved === null ? asked : formatNumber(resolved, 3);
    return {
      name: knobWords[key],
      value: requested === 'auto' && resolved !== null ? `${value} (auto)` : value,
    };
  });
}

function Mono({ text }: { text: string }) {
  return <span className="font-mono text-xs break-all">{text}</span>;
}

/** The estimate beside what it came to, with the difference that says how good the estimate was. */
function moneyFacts(job: Job): { name: string; value: string }[] {
  const { estimate, actualMicroUsd, trainedTokens } = job;
  if (!estimate) return [{ name: 'Price', value: 'not on file' }];
  const facts = [
    {
      name: 'Estimate',
      value: `${formatMoney(estimate.totalMicroUsd)}, ${formatCount(estimate.billedTokens, 'token')}`,
    },
  ];
  if (actualMicroUsd !== null && trainedTokens !== null) {
    const off = estimate.billedTokens > 0 ? trainedTokens / estimate.billedTokens - 1 : 0;
    const sign = off > 0 ? '+' : '';
    facts.push({
      name: 'Actual',
      value: `${formatMoney(actualMicroUsd)}, ${formatCount(trainedTokens, 'token')} (${sign}${formatFixed(off * 100, 1)} %)`,
    });
  }
  return facts;
}

/** What was trained on what, how, and what it cost. */
export function JobFacts({ job }: { job: Job }) {
  const training = job.files.find((file) => file.role === 'training');
  const validation = job.files.find((file) => file.role === 'validation');
  return (
    <Facts
      facts={[
        { name: 'Data set', value: <Link href={`/datasets/${job.datasetId}`}>{job.datasetName}</Link> },
        ...(job.dataVersion
          ? [
              {
                name: 'Version',
                value: (
                  <Link href={`/datasets/${job.datasetId}?tab=versions`}>
                    v{job.dataVersion.number}{' '}
                    <span className="font-mono text-xs">{job.dataVersion.root.slice(0, 12)}</span>
                  </Link>
                ),
              },
            ]
          : []),
        {
          name: 'Trained on',
          value: training
            ? `${formatCount(training.examples, itemWord(job))}, ${formatBytes(training.sizeBytes)}`
            : 'nothing',
        },
        ...(validation
          ? [{ name: 'Validated on', value: formatCount(validation.examples, itemWord(job)) }]
          : []),
        { name: 'Method', value: shortMethodWords[job.method] },
        { name: 'Model', value: <Mono text={job.model} /> },
        ...(job.fineTunedModel ? [{ name: 'Tuned model', value: <Mono text={job.fineTunedModel} /> }] : []),
        ...knobs(job),
        { name: 'Seed', value: String(job.seed) },
        ...moneyFacts(job),
        { name: 'Launched', value: formatMoment(job.createdAt) },
        ...(job.endedAt === null ? [] : [{ name: 'Ended', value: formatMoment(job.endedAt) }]),
      ]}
    />
  );
}

/** What proves later which bytes went in and which weights came out. */
export function Fingerprints({ job }: { job: Job }) {
  const files = job.files.map((file) => ({ name: `SHA-256 of the ${file.role} file`, text: file.sha256 }));
  const all = [
    ...files,
    ...(job.weightsSha256 ? [{ name: 'SHA-256 of the weights', text: job.weightsSha256 }] : []),
    ...(job.remoteId ? [{ name: `Name at ${job.connectionName}`, text: job.remoteId }] : []),
    { name: 'Intent', text: job.intentId },
  ];
  return (
    <dl className="space-y-2 text-xs">
      {all.map((one) => (
        <div key={one.name}>
          <dt className="text-muted">{one.name}</dt>
          <dd>
            <Mono text={one.text} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Models saved on the way, with their numbers. */
export function Checkpoints({ checkpoints }: { checkpoints: readonly JobCheckpoint[] }) {
  const number = (one: JobCheckpoint, ...names: string[]): string => {
    const name = names.find((key) => key in one.metrics);
    return name === undefined ? '' : formatFixed(one.metrics[name] ?? 0, 3);
  };
  return (
    <Table
      caption="Checkpoints"
      rows={checkpoints}
      rowKey={(one) => one.id}
      empty="A checkpoint is saved at the end of each epoch."
      columns={[
        { id: 'step', header: 'Step', cell: (one) => formatNumber(one.stepNumber) },
        {
          id: 'loss',
          header: 'Validation loss',
          align: 'end',
          cell: (one) => number(one, 'full_valid_loss', 'valid_loss'),
        },
        {
          id: 'model',
          header: 'Model',
          className: 'max-w-40',
          cell: (one) => (
            <span className="block truncate font-mono text-xs" title={one.model}>
              {one.model}
            </span>
          ),
        },
      ]}
    />
  );
}
