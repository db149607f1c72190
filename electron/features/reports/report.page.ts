import { moment } from './figures.ts';
import { type Html, html } from './html.ts';
import { items } from './report.items.ts';
import { labels } from './report.labels.ts';
import { limits, type ReportFacts } from './report.limits.ts';
import { finding, results } from './report.results.ts';
import { cost, data, training } from './report.run.ts';
import { reportStyles } from './report.styles.ts';

const mark = html`<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M8 0 15 5.5 8 16 1 5.5Z"/></svg>`;

/**
 * The report as one HTML file: no script, nothing from elsewhere, every value escaped. The same facts give the same
 * bytes apart from `writtenAt` (ms UTC).
 */
export function reportPage(facts: ReportFacts, writtenAt: number): string {
  const { job, dataset, evaluation } = facts;
  const isPractice = job.providerKind === 'practice';
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="Lapidary">
<title>${job.name}: fine-tuning report${isPractice ? ' (practice)' : ''}</title>
<style>${styles}</style>
</head>
<body>
<div class="masthead"><span class="mark">${mark}Lapidary</span><span>${moment(writtenAt)}</span></div>
<main>
<div class="title"><h1>${job.name}</h1><p>Fine-tuning report: ${job.model} on “${dataset.name}”.</p></div>
${isPractice && practiceMark}
${evaluation ? finding(evaluation) : unevaluated}
${evaluation && results(evaluation)}
${evaluation && labels(evaluation)}
${evaluation && items(evaluation)}
${training(job)}
${data(dataset)}
${cost(job)}
${limits(facts)}
</main>
<footer>Written by Lapidary on the machine that holds the data. This file is complete: it loads nothing and sends nothing.</footer>
</body>
</html>
`;
  return page.html;
}

const styles: Html = { html: reportStyles };

const practiceMark = html`<p class="practice"><strong>Practice</strong>Trained and evaluated by the embedded practice provider on this machine, at no cost. The figures were measured, but of a small practice model: they are no evidence about any commercial model.</p>`;

const unevaluated = html`<div class="finding"><p>The tuned model has not been evaluated.</p><p class="why">Evaluate it on the test split to learn whether it improved.</p></div>`;
