import type { DatasetFacts, EvalFacts, JobFacts } from '../../core/feature-ports.ts';
import { bootstrapDraws } from '../../../shared/statistics/bootstrap.ts';
import { count } from './figures.ts';
import { html, type Html } from './html.ts';
import { section } from './report.parts.ts';

export type ReportFacts = { dataset: DatasetFacts; job: JobFacts; evaluation: EvalFacts | null };

/** How the figures were made and what they do not show. */
export function limits(facts: ReportFacts): Html {
  const sentences = [...methods(facts.evaluation), ...caveats(facts)];
  return section(
    'Reading this',
    'How it was measured, and its limits',
    html`<ul>${sentences.map((sentence) => html`<li>${sentence}</li>`)}</ul>`,
  );
}

function methods(evaluation: EvalFacts | null): string[] {
  if (!evaluation)
    return ['The models were not evaluated, so this report says nothing about how they compare.'];
  return [
    'Both models answered the same items of the test split, at temperature 0; nothing of that split was trained on in this run.',
    `Intervals of differences and of scores are paired BCa bootstrap intervals of ${count(bootstrapDraws)} resamples (seed ${evaluation.seed}); intervals of shares are Wilson intervals; McNemar’s test is exact and two-sided.`,
    'An improvement is claimed only when the 95 % interval lies above zero, at least six items differ, and, for pass or fail, the exact test reaches 5 %.',
    ...(evaluation.graders.length > 1
      ? [
          `The verdict above is that of the first of ${evaluation.graders.length} graders. With several graders, one of twenty true zeros is expected to look like a difference.`,
        ]
      : []),
  ];
}

function caveats({ dataset, job, evaluation }: ReportFacts): string[] {
  return [
    'The result holds for items like those of this test split. It says nothing about other tasks, later data, safety or fairness.',
    ...(evaluation && evaluation.itemCount < 100
      ? [`${evaluation.itemCount} items are few: a real difference of some points can stay unseen.`]
      : []),
    ...(evaluation?.graders.every((result) => !result.isPassFail)
      ? [
          'Similarity to an expected text is no proof that an answer is right, and an answer in other words can be right.',
        ]
      : []),
    ...(dataset.findingCounts.error > 0
      ? [
          `The data set had ${count(dataset.findingCounts.error)} findings of error severity when this was written.`,
        ]
      : []),
    ...(job.providerKind === 'practice'
      ? [
          'The practice provider trains a small ranking policy on this machine. It learns for real, but it is no language model: its scores say nothing about how any commercial model would do.',
        ]
      : []),
  ];
}
