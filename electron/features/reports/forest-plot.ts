import type { GraderResult } from '../../../shared/features/evals/evals.model.ts';
import { formatDifference, formatScore } from '../../../shared/features/evals/verdict.rules.ts';
import { type Html, html } from './html.ts';

const width = 720;
const rowHeight = 22;
const left = 168;
const right = 44;

/** Base and tuned with their intervals from 0 to 1, then the difference against a zero line, for each grader. */
export function forestPlot(graders: readonly GraderResult[]): Html {
  const middle = left + (width - left - right) * 0.5;
  const gap = 72;
  const block = 2 * rowHeight + 14;
  const height = 30 + graders.length * block + 8;
  const atScore = (value: number): number => left + value * (middle - left);
  const span = differenceSpan(graders);
  const zero = (middle + gap + width - right + 24) / 2;
  const atDifference = (value: number): number => zero + (value / span) * (zero - middle - gap);
  const place: Place = { atScore, atDifference };
  const label = graders.map((result) => result.sentence).join(' ');
  return html`<svg class="chart forest" viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">
<title>Base and tuned with 95 % intervals</title>
${[0, 0.25, 0.5, 0.75, 1].map((value) => rule({ x: atScore(value), height, label: `${value * 100} %`, isZero: false }))}
${[-span, 0, span].map((value) => rule({ x: atDifference(value), height, label: formatSpan(value), isZero: value === 0 }))}
${graders.map((result, index) => graderRows(result, 34 + index * block, place))}
</svg>`;
}

type Place = { atScore(value: number): number; atDifference(value: number): number };
const fixed = (value: number): string => value.toFixed(1);

/** Half the width of the difference axis: the widest interval, rounded up to tenths. */
function differenceSpan(graders: readonly GraderResult[]): number {
  const widest = Math.max(
    0.1,
    ...graders.flatMap(({ difference }) => [Math.abs(difference.low), Math.abs(difference.high)]),
  );
  return Math.ceil(widest * 10 - 1e-9) / 10;
}

function formatSpan(value: number): string {
  return value === 0 ? '0' : `${value > 0 ? '+' : '−'}${Math.round(Math.abs(value) * 100)} points`;
}

type Rule = { x: number; height: number; label: string; isZero: boolean };

function rule({ x, height, label, isZero }: Rule): Html {
  return html`<line class="${isZero ? 'zero' : 'grid'}" x1="${fixed(x)}" x2="${fixed(x)}" y1="22" y2="${height - 6}"/><text class="tick" x="${fixed(x)}" y="14" text-anchor="middle">${label}</text>`;
}

function graderRows(result: GraderResult, top: number, place: Place): Html {
  const { base, tuned, difference, isPassFail } = result;
  const middle = top + rowHeight;
  return html`<text class="name" x="0" y="${middle + 4}">${shorten(result.grader.name)}</text>
${whisker({ low: place.atScore(base.low), at: place.atScore(base.mean), high: place.atScore(base.high), y: top + 10, kind: 'base' })}
<text class="side" x="${left - 10}" y="${top + 14}" text-anchor="end">base</text>
${whisker({ low: place.atScore(tuned.low), at: place.atScore(tuned.mean), high: place.atScore(tuned.high), y: top + 10 + rowHeight, kind: 'tuned' })}
<text class="side" x="${left - 10}" y="${top + 14 + rowHeight}" text-anchor="end">tuned</text>
${whisker({
  low: place.atDifference(difference.low),
  at: place.atDifference(difference.estimate),
  high: place.atDifference(difference.high),
  y: middle,
  kind: difference.verdict,
})}
<text class="value" x="${fixed(place.atDifference(difference.estimate))}" y="${middle - 10}" text-anchor="middle">${formatDifference(difference.estimate, isPassFail)}</text>
<desc>${result.grader.name}: base ${formatScore(base.mean, isPassFail)}, tuned ${formatScore(tuned.mean, isPassFail)}.</desc>`;
}

type Whisker = { low: number; at: number; high: number; y: number; kind: string };

function whisker({ low, at, high, y, kind }: Whisker): Html {
  const marker =
    kind === 'base'
      ? html`<circle class="point" cx="${fixed(at)}" cy="${y}" r="4.5"/>`
      : html`<rect class="point" x="${fixed(at - 4.5)}" y="${y - 4.5}" width="9" height="9"/>`;
  return html`<g class="whisker ${kind}"><line x1="${fixed(low)}" x2="${fixed(high)}" y1="${y}" y2="${y}"/><line x1="${fixed(low)}" x2="${fixed(low)}" y1="${y - 4}" y2="${y + 4}"/><line x1="${fixed(high)}" x2="${fixed(high)}" y1="${y - 4}" y2="${y + 4}"/>${marker}</g>`;
}

function shorten(name: string): string {
  return name.length > 18 ? `${name.slice(0, 17).trimEnd()}…` : name;
}
