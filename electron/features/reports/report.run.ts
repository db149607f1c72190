import { formatMicroUsd, formatPrice } from '../../../shared/features/costs/money.ts';
import type { DatasetFacts, JobFacts } from '../../core/feature-ports.ts';
import { bytes, count, counted, duration, measure, moment } from './figures.ts';
import { type Html, html } from './html.ts';
import { lineChart, type Series } from './line-chart.ts';
import { factList, hash, section, table } from './report.parts.ts';

const providerWords = {
  practice: 'Practice provider, embedded, on this machine',
  openai: 'OpenAI',
  compatible: 'a server that speaks the OpenAI API',
} as const;

const methodWords = {
  supervised: 'supervised, on chat examples',
  dpo: 'preferences (DPO), on pairs of answers',
} as const;

/** What went in: file, hash, counts, findings, splits. */
export function data(facts: DatasetFacts): Html {
  const { splitCounts, findingCounts } = facts;
  const parts = (['train', 'validation', 'test', 'unassigned'] as const).filter(
    (name) => splitCounts[name] > 0,
  );
  const total = parts.reduce((sum, name) => sum + splitCounts[name], 0);
  const share = (name: (typeof parts)[number]): string => ((100 * splitCounts[name]) / total).toFixed(1);
  const words = parts.map((name) => `${name} ${count(splitCounts[name])} (${share(name)} %)`).join(' · ');
  return section('Data', facts.isDemo ? 'Demo data made for Lapidary' : 'What went in', [
    factList([
      ['Data set', facts.name],
      ['Source file', facts.sourceName],
      ['SHA-256 of the source', hash(facts.sourceSha256)],
      ['Examples', count(facts.exampleCount)],
      ['Lines quarantined', count(facts.quarantinedCount)],
      ['Tokens', count(facts.tokenTotal)],
      [
        'Findings',
        `${counted(findingCounts.error, 'error')}, ${counted(findingCounts.warning, 'warning')}, ${counted(findingCounts.info, 'note')}`,
      ],
      [
        'Splits',
        total === 0
          ? 'not split'
          : html`${words}<div class="split" aria-hidden="true">${parts.map((name) => html`<i style="flex:${splitCounts[name]}"></i>`)}</div>`,
      ],
    ]),
  ]);
}

/** How it was trained: provider, model, seed, hyperparameters as asked and as used, hashes. */
export function training(job: JobFacts): Html {
  const { requested, resolved } = job.hyperparameters;
  const setting = (asked: number | string, used: number | null): string =>
    asked === 'auto'
      ? `auto, became ${used ?? 'unknown'}`
      : `${asked}${used !== null && used !== asked ? `, became ${used}` : ''}`;
  const took = job.endedAt === null ? null : duration(job.endedAt - job.createdAt);
  return section('Training', 'How the model was made', [
    factList([
      ['Provider', providerWords[job.providerKind]],
      ['Model before', job.model],
      ['Tuned model', job.fineTunedModel],
      ['Status', job.status],
      ['Method', methodWords[job.method]],
      ['Seed', String(job.seed)],
      ['Epochs', setting(requested.nEpochs, resolved.nEpochs)],
      ['Batch size', setting(requested.batchSize, resolved.batchSize)],
      [
        'Learning-rate multiplier',
        setting(requested.learningRateMultiplier, resolved.learningRateMultiplier),
      ],
      ['Beta', job.method === 'dpo' ? setting(requested.beta ?? 'auto', resolved.beta ?? null) : null],
      ['Data', versionWords(job)],
      [
        'Training file',
        `${counted(job.trainingFile.examples, 'example')}, ${bytes(job.trainingFile.sizeBytes)}`,
      ],
      ['SHA-256 of the training file', hash(job.trainingFile.sha256)],
      ['Tokens trained', job.trainedTokens === null ? null : count(job.trainedTokens)],
      [
        'SHA-256 of the weights',
        job.weightsSha256 === null ? 'not given by this provider' : hash(job.weightsSha256),
      ],
      ['Started', moment(job.createdAt)],
      ['Ended', job.endedAt === null ? null : `${moment(job.endedAt)}${took ? `, after ${took}` : ''}`],
    ]),
    ...curves(job),
    checkpoints(job),
  ]);
}

/** The version that was trained on, by number and root; both come from the data set's list of versions. */
function versionWords({ dataVersion }: JobFacts): Html | null {
  return dataVersion === null
    ? null
    : html`version ${String(dataVersion.number)}, root ${hash(dataVersion.root)}`;
}

function curves(job: JobFacts): Html[] {
  const keys = [...new Set(job.metrics.flatMap((metric) => Object.keys(metric.values)))].toSorted();
  if (keys.length === 0) return [html`<p class="quiet">The provider reported no training metrics.</p>`];
  const groups = [
    { title: 'Loss', has: (key: string) => key.includes('loss') },
    {
      title: 'Token accuracy',
      has: (key: string) => key.includes('accuracy') && !key.includes('reward'),
    },
    { title: 'Reward accuracy', has: (key: string) => /reward.*accuracy/.test(key) },
    { title: 'Reward', has: (key: string) => key.includes('reward') && !key.includes('accuracy') },
  ];
  return groups.flatMap(({ title, has }) => {
    const series = keys
      .filter(has)
      .slice(0, 5)
      .map((key) => seriesOf(job, key));
    if (series.length === 0) return [];
    const summary = series.map(inWords).join(' ');
    return [
      html`<h3>${title}</h3><figure>${lineChart({ title, summary, xLabel: 'step', series })}</figure>`,
      curveTable(title, series),
    ];
  });
}

function seriesOf(job: JobFacts, key: string): Series {
  const points = job.metrics.flatMap((metric) => {
    const value = metric.values[key];
    return value === undefined ? [] : [[metric.step, value] as const];
  });
  const name = key
    .replace(/^full_valid/, 'full validation')
    .replace(/^valid/, 'validation')
    .replace(/^train/, 'training')
    .replace(/_?mean_token_accuracy|_?token_accuracy|_loss|_mean_reward|_reward_(?:margin|accuracy)/g, '')
    .replaceAll('_', ' ')
    .trim();
  return { name, points: points.toSorted((a, b) => a[0] - b[0]) };
}

function inWords({ name, points }: Series): string {
  const [first] = points;
  const last = points.at(-1);
  if (!first || !last) return '';
  return `${name}: ${measure(first[1])} at step ${first[0]}, ${measure(last[1])} at step ${last[0]}.`;
}

const tableRows = 24;

function curveTable(title: string, series: readonly Series[]): Html {
  const steps = [...new Set(series.flatMap((one) => one.points.map(([step]) => step)))].toSorted(
    (a, b) => a - b,
  );
  const every = Math.max(1, Math.ceil(steps.length / tableRows));
  const shown = steps.filter((_, index) => index % every === 0 || index === steps.length - 1);
  const values = series.map((one) => new Map(one.points));
  const caption = every === 1 ? `${title} by step.` : `${title}: one step in ${every}, and the last.`;
  return html`<details><summary>${title} as a table</summary>${table(
    caption,
    [{ name: 'Step' }, ...series.map((one) => ({ name: one.name, isNumber: true }))],
    shown.map((step) => [
      String(step),
      ...values.map((points) => {
        const value = points.get(step);
        return value === undefined ? '–' : measure(value);
      }),
    ]),
  )}</details>`;
}

function checkpoints(job: JobFacts): Html | null {
  if (job.checkpoints.length === 0) return null;
  return table(
    'Checkpoints the provider kept.',
    [{ name: 'Step' }, { name: 'Model' }, { name: 'Metrics' }],
    job.checkpoints.map((one) => [
      String(one.stepNumber),
      one.model,
      Object.entries(one.metrics)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, value]) => `${name} ${measure(value)}`)
        .join(', '),
    ]),
  );
}

/** The bill, line by line, with where its price was read and when. */
export function cost(job: JobFacts): Html {
  const { estimate } = job;
  if (!estimate) {
    return section('Cost', 'The bill', html`<p>No price is on file for this provider and model.</p>`);
  }
  const { price } = estimate;
  const validity = price.validUntil === null ? '' : ` It holds until ${price.validUntil}.`;
  return section('Cost', 'The bill, line by line', [
    html`<div class="scroll"><table><caption>Estimated before launch.</caption>
<thead><tr><th scope="col">What</th><th scope="col">Arithmetic</th><th scope="col" class="n">Result</th></tr></thead>
<tbody>${estimate.lines.map((line) => html`<tr><th scope="row">${line.label}</th><td class="text">${line.formula}</td><td class="n">${line.result}</td></tr>`)}
<tr class="sum"><th scope="row">Total</th><td></td><td class="n">${formatMicroUsd(estimate.totalMicroUsd)}</td></tr></tbody></table></div>`,
    html`<p class="small quiet">Price: ${formatPrice(price.microUsdPerUnit)} per ${price.unit === '1M_tokens' ? '1,000,000 tokens' : 'hour'}. Source: ${price.source}, read on ${price.retrievedOn}.${validity}</p>`,
  ]);
}
