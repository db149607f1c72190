import type {
  AgreementFigure,
  TrustFinding,
  TrustReport,
} from '../../../shared/features/preferences/trust.model.ts';
import { formatCount, formatFixed, formatPercent } from '../../ui/format.ts';

type Interval = { readonly estimate: number; readonly low: number; readonly high: number };

const small = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten'] as const;

/** Reviewers with the count in words at the start of a sentence: `Two reviewers`. */
export function reviewersWord(count: number): string {
  return `${small[count] ?? count.toLocaleString()} ${count === 1 ? 'reviewer' : 'reviewers'}`;
}

/** `0.61 (0.49–0.72)`. */
export function coefficientText({ estimate, low, high }: Interval): string {
  return `${formatFixed(estimate, 2)} (${formatFixed(low, 2)}–${formatFixed(high, 2)})`;
}

/** `82% (75%–88%)`. */
export function shareText({ estimate, low, high }: Interval): string {
  return `${formatPercent(estimate)} (${formatPercent(low)}–${formatPercent(high)})`;
}

/** `75%–88%`. */
export function rangeText({ low, high }: Interval): string {
  return `${formatPercent(low)}–${formatPercent(high)}`;
}

/** `p 0.03`, or `p < 0.001`. */
export function pText(p: number): string {
  return p < 0.001 ? 'p < 0.001' : `p ${formatFixed(p, 3)}`;
}

/** Why a coefficient has no value, in words. */
export function whyNone({ why }: AgreementFigure): string {
  return why === 'one_category'
    ? 'Only one answer was ever given, so chance alone explains it.'
    : 'It needs two reviewers on the same pairs.';
}

/** A coefficient with its interval, or a dash. */
export function figureText(figure: AgreementFigure, text: (value: Interval) => string): string {
  return figure.value === null ? '–' : text(figure.value);
}

/** How far reviewers agree, in one sentence for somebody who knows no statistics, with the figure for who does. */
export function headline({ agreement, reviewers }: TrustReport, many: string): string {
  const who = reviewersWord(reviewers.length);
  const { percent, overlap } = agreement;
  if (reviewers.length < 2) return `${who} judged: how far others would agree is not known.`;
  if (percent.value === null) return `${who} judged, but no two of them the same ${many}.`;
  const [only] = agreement.reviewers;
  const isTwo = reviewers.length === 2 && only !== undefined;
  const figure = isTwo ? only.kappa : agreement.alphaNominal;
  const name = isTwo ? 'κ' : 'α';
  const told =
    figure.value === null
      ? `${name} says nothing, as only one answer was ever given`
      : `${name} ${coefficientText(figure.value)}`;
  return `${who} agree on ${formatPercent(percent.value.estimate)} of ${formatCount(overlap, many.slice(0, -1), many)}, ${told}.`;
}

/** The kinds of findings, each with what is wrong and what to do. */
export const kindWords = {
  winner_breaks_check: {
    title: 'Winner breaks a check',
    todo: 'Prefer the other answer, or edit this one into the ideal one.',
  },
  opposite_winners: {
    title: 'One pair, opposite winners',
    todo: 'Let an adjudicator settle it, or judge the weaker verdict again.',
  },
  cycle: {
    title: 'Goes round in a circle',
    todo: 'One of these verdicts is wrong: look at the weakest first.',
  },
  opposite_lessons: {
    title: 'Duplicate prompts, opposite lessons',
    todo: 'Nearly the same prompt teaches both: make them agree, or leave one out.',
  },
  sides_alike: {
    title: 'Sides nearly the same',
    todo: 'A pair teaches little when its sides hardly differ: call it a tie.',
  },
} as const satisfies Record<TrustFinding['kind'], { title: string; todo: string }>;

const checkWords = {
  not_json: 'No JSON',
  call_unknown: 'Unknown tool',
  call_arguments: 'Arguments do not fit',
  personal_data: 'Personal data',
} as const satisfies Record<TrustFinding['broken'][number]['check'], string>;

/** What a preferred answer breaks. */
export function brokenText({ check, detail }: TrustFinding['broken'][number]): string {
  return `${checkWords[check]}: ${detail}`;
}

/** `A > B > C > A`. */
export function cycleText(length: number): string {
  return [...Array.from({ length }, (_, at) => letterOf(at)), 'A'].join(' > ');
}

/** The letter of an answer on a circle. */
export function letterOf(at: number): string {
  return at < 26 ? String.fromCodePoint(65 + at) : `A${at - 25}`;
}

/** Where the queue shows some pairs, one of them open. */
export function queueAddress(setId: string, pairs: readonly number[], open?: number): string {
  const shown = `/preferences/${setId}?tab=queue&pairs=${encodeURIComponent(JSON.stringify(pairs))}`;
  return open === undefined ? shown : `${shown}&open=${open}`;
}

/** Where disputed pairs are settled, all of them or some. */
export function adjudicateAddress(setId: string, pairs?: readonly number[]): string {
  const address = `/preferences/${setId}/judge?role=adjudicator`;
  return pairs === undefined ? address : `${address}&pairs=${encodeURIComponent(JSON.stringify(pairs))}`;
}
