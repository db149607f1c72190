import type { EvalItem, StoredAnswer } from '../../../shared/features/evals/evals.model.ts';
import { readable } from '../../../shared/features/evals/sample.rules.ts';
import { outcomeWords, rightOrWrong } from '../../../shared/features/evals/words.rules.ts';
import type { EvalFacts } from '../../core/feature-ports.ts';
import { count } from './figures.ts';
import { type Html, html } from './html.ts';
import { section } from './report.parts.ts';

const longestText = 1200;
/** Some items, before and after: the first few of each outcome, not a choice by hand. */
export function items(evaluation: EvalFacts): Html | null {
  const { sampleItems, itemCount } = evaluation;
  if (sampleItems.length === 0) return null;
  return section(
    'Before and after',
    `The first few items of each outcome, of ${count(itemCount)}`,
    sampleItems.map(item),
  );
}

function item(one: EvalItem): Html {
  const asked = one.prompt.findLast((message) => message.role === 'user') ?? one.prompt.at(-1);
  const outcome = one.outcome ?? 'unchanged';
  return html`<article><header><span class="tag ${outcome}">${outcomeWords[outcome]}</span><span>Item ${one.position + 1}</span></header>
<dl><dt>Asked</dt><dd dir="auto">${shorten(asked ? readable(asked) : '')}</dd>
<dt>Expected</dt><dd class="answer" dir="auto">${shorten(one.expectedText)}</dd>
<dt>Base${mark(one, 'base')}</dt><dd class="answer" dir="auto">${answer(one.base)}</dd>
<dt>Tuned${mark(one, 'tuned')}</dt><dd class="answer" dir="auto">${answer(one.tuned)}</dd></dl></article>
`;
}

function mark(one: EvalItem, side: 'base' | 'tuned'): string {
  const word = rightOrWrong(one, side);
  return word === null ? '' : `, ${word}`;
}

function answer(given: StoredAnswer | null): Html {
  if (!given) return html`<span class="quiet">not asked</span>`;
  if (!given.message) return html`<span class="quiet">refused: ${shorten(given.refusal ?? '')}</span>`;
  if (given.text === '') return html`<span class="quiet">empty answer</span>`;
  return html`${shorten(given.text)}`;
}

function shorten(text: string): string {
  if (text.length <= longestText) return text;
  return `${text.slice(0, longestText)} … (${count(text.length - longestText)} more characters)`;
}
