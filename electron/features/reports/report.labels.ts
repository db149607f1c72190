import type { LabelFigures, LabelReport } from '../../../shared/features/evals/evals.model.ts';
import { formatScore } from '../../../shared/features/evals/verdict.rules.ts';
import type { EvalFacts } from '../../core/feature-ports.ts';
import { type Html, html } from './html.ts';
import { section, table } from './report.parts.ts';

/** Confusion matrices and figures per label, for every grader whose answers are labels. */
export function labels(evaluation: EvalFacts): Html | null {
  const labelled = evaluation.graders.flatMap(({ grader, labels: report }) =>
    report ? [{ name: grader.name, report }] : [],
  );
  if (labelled.length === 0) return null;
  return section(
    'Labels',
    'Rows are what was expected, columns what was answered',
    labelled.flatMap(({ name, report }) => [
      html`<h3>${name}</h3>`,
      html`<div class="pair">${matrix('Base', report, report.base)}${matrix('Tuned', report, report.tuned)}</div>`,
      summary(report),
    ]),
  );
}

function matrix(side: string, report: LabelReport, figures: LabelFigures): Html {
  const columns = [...report.names, 'no label'];
  const hasOther = figures.confusion.some((row) => (row.at(-1) ?? 0) > 0);
  const width = hasOther ? columns.length : columns.length - 1;
  return html`<div class="scroll"><table class="confusion"><caption>${side}: ${formatScore(figures.accuracy, true)} right, macro F1 ${formatScore(figures.macroF1, false)}</caption>
<thead><tr><td></td>${columns.slice(0, width).map((name) => html`<th scope="col" title="${name}">${name}</th>`)}</tr></thead>
<tbody>${figures.confusion.map((row, index) => {
    const total = row.reduce((sum, value) => sum + value, 0);
    return html`<tr><th scope="row" title="${report.names[index] ?? ''}">${report.names[index] ?? ''}</th>${row
      .slice(0, width)
      .map((value, column) => {
        const share = total === 0 ? 0 : (0.55 * value) / total;
        const kind = `${column === index ? 'right' : ''}${value === 0 ? ' zero' : ''}`.trim();
        return html`<td class="${kind}" style="--share:${share.toFixed(2)}">${value}</td>`;
      })}</tr>
`;
  })}</tbody></table></div>`;
}

function summary(report: LabelReport): Html {
  const { base, tuned, macroF1Difference: change } = report;
  const f1 = (figures: LabelFigures): string =>
    `${formatScore(figures.macroF1, false)} (${formatScore(figures.macroF1Low, false)} to ${formatScore(figures.macroF1High, false)})`;
  return html`${table(
    'Precision, recall and F1 per label.',
    [
      { name: 'Label' },
      { name: 'Items', isNumber: true },
      { name: 'Precision, base', isNumber: true },
      { name: 'tuned', isNumber: true },
      { name: 'Recall, base', isNumber: true },
      { name: 'tuned', isNumber: true },
      { name: 'F1, base', isNumber: true },
      { name: 'tuned', isNumber: true },
    ],
    base.perLabel.map((one, index) => {
      const other = tuned.perLabel[index];
      const both = (pick: 'precision' | 'recall' | 'f1'): string[] => [
        formatScore(one[pick], false),
        other ? formatScore(other[pick], false) : '–',
      ];
      return [one.name, one.support, ...both('precision'), ...both('recall'), ...both('f1')];
    }),
  )}<p class="small quiet">Macro F1 with 95 % intervals: base ${f1(base)}, tuned ${f1(tuned)}, difference ${formatScore(change.estimate, false)} (${formatScore(change.low, false)} to ${formatScore(change.high, false)}).</p>`;
}
