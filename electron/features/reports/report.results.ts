import type { GraderResult, Measured } from '../../../shared/features/evals/evals.model.ts';
import {
  formatDifference,
  formatP,
  formatRange,
  formatScore,
  withoutVerdict,
} from '../../../shared/features/evals/verdict.rules.ts';
import { describeGrader, failureWords, verdictWords } from '../../../shared/features/evals/words.rules.ts';
import type { EvalFacts } from '../../core/feature-ports.ts';
import { count } from './figures.ts';
import { forestPlot } from './forest-plot.ts';
import { type Html, html } from './html.ts';
import { section, table } from './report.parts.ts';

/** The first thing a reader sees: the verdict of the first grader, three figures, and why. */
export function finding(evaluation: EvalFacts): Html {
  const [first] = evaluation.graders;
  if (!first) return html`<div class="finding"><p>The evaluation has no results.</p></div>`;
  const { difference, base, tuned, isPassFail, grader } = first;
  const verdict = {
    better: html`The tuned model is <span class="word">better</span> than the base model.`,
    worse: html`The tuned model is <span class="word">worse</span> than the base model.`,
    no_evidence: html`There is no evidence that the tuned model improved on the base model.`,
  }[difference.verdict];
  const range = `95 % interval ${formatRange(difference.low, difference.high, isPassFail)}`;
  return html`<div class="finding ${difference.verdict}"><p>${verdict}</p>
<dl class="big">
<div><dt>Base (${grader.name})</dt><dd>${formatScore(base.mean, isPassFail)}<small>${interval(base, isPassFail)}</small></dd></div>
<div><dt>Tuned (${grader.name})</dt><dd>${formatScore(tuned.mean, isPassFail)}<small>${interval(tuned, isPassFail)}</small></dd></div>
<div><dt>Difference on ${count(difference.n)} items</dt><dd>${formatDifference(difference.estimate, isPassFail)}<small>${range}</small></dd></div>
</dl>
<p class="why">${withoutVerdict(first.sentence)}</p></div>
`;
}

function interval(measured: Measured, isPassFail: boolean): string {
  return `${formatScore(measured.low, isPassFail)} to ${formatScore(measured.high, isPassFail)}`;
}

/** All graders: forest plot, table, what could not be graded, fields. */
export function results(evaluation: EvalFacts): Html {
  const { graders, itemCount } = evaluation;
  return section('Results', `${count(itemCount)} test items, asked of both models`, [
    forestPlot(graders),
    table(
      'Means with 95 % intervals; difference is tuned minus base on the same items.',
      [
        { name: 'Grader' },
        { name: 'Base', isNumber: true },
        { name: 'Tuned', isNumber: true },
        { name: 'Difference', isNumber: true },
        { name: 'McNemar p', isNumber: true },
        { name: 'Verdict' },
      ],
      graders.map(resultRow),
    ),
    pairTable(graders),
    fieldTable(graders),
    failureTable(graders),
  ]);
}

function resultRow(result: GraderResult): (Html | string)[] {
  const { base, tuned, difference, isPassFail, grader } = result;
  return [
    html`${grader.name}<small>${describeGrader(grader)}</small>`,
    html`${formatScore(base.mean, isPassFail)}<small>${interval(base, isPassFail)}</small>`,
    html`${formatScore(tuned.mean, isPassFail)}<small>${interval(tuned, isPassFail)}</small>`,
    html`${formatDifference(difference.estimate, isPassFail)}<small>${formatRange(difference.low, difference.high, isPassFail)}</small>`,
    difference.mcnemarP === null ? '–' : formatP(difference.mcnemarP).replace(/^= /, ''),
    verdictWords[difference.verdict],
  ];
}

function pairTable(graders: readonly GraderResult[]): Html | null {
  const paired = graders.flatMap(({ grader, pairs }) => (pairs ? [{ grader, pairs }] : []));
  if (paired.length === 0) return null;
  return table(
    'How each item fared, pass or fail.',
    [
      { name: 'Grader' },
      { name: 'Both right', isNumber: true },
      { name: 'Improved', isNumber: true },
      { name: 'Worsened', isNumber: true },
      { name: 'Both wrong', isNumber: true },
    ],
    paired.map(({ grader, pairs }) => [
      grader.name,
      pairs.bothRight,
      pairs.improved,
      pairs.worsened,
      pairs.bothWrong,
    ]),
  );
}

function fieldTable(graders: readonly GraderResult[]): Html | null {
  const fields = graders.flatMap(({ grader, fields: own }) => (grader.type === 'json_match' ? own : []));
  if (fields.length === 0) return null;
  return table(
    'Right answers per JSON field.',
    [
      { name: 'Field' },
      { name: 'Items', isNumber: true },
      { name: 'Base', isNumber: true },
      { name: 'Tuned', isNumber: true },
    ],
    fields.map(({ field, n, baseRight, tunedRight }) => [
      html`<code>${field}</code>`,
      n,
      formatScore(baseRight / n, true),
      formatScore(tunedRight / n, true),
    ]),
  );
}

function failureTable(graders: readonly GraderResult[]): Html | null {
  const rows = graders.flatMap((result) =>
    result.failures.map(({ failure, base, tuned }) => [
      result.grader.name,
      failureWords(failure),
      base,
      tuned,
    ]),
  );
  if (rows.length === 0) return null;
  return table(
    'Answers that could not be graded; each counts as wrong.',
    [
      { name: 'Grader' },
      { name: 'What was found' },
      { name: 'Base', isNumber: true },
      { name: 'Tuned', isNumber: true },
    ],
    rows,
  );
}
