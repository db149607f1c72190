import { measure } from './figures.ts';
import { type Html, html } from './html.ts';

export type Series = { name: string; points: readonly (readonly [x: number, y: number])[] };
export type LineChart = { title: string; summary: string; xLabel: string; series: readonly Series[] };

const width = 720;
const height = 260;
const inset = { left: 52, right: 148, top: 12, bottom: 34 };
const mostPoints = 360;

/** Round numbers that span the range, about `wanted` of them, lowest first. */
export function ticksFor(low: number, high: number, wanted: number): number[] {
  const span = high - low || Math.abs(high) || 1;
  const rough = span / Math.max(1, wanted);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const ticks: number[] = [];
  for (let index = Math.floor(low / step); index * step < high + step; index += 1) {
    ticks.push(Number((index * step).toPrecision(12)));
  }
  return ticks;
}

/** Fewer points for the same picture: lowest and highest of each stretch, in order. */
export function thinned(points: Series['points']): Series['points'] {
  if (points.length <= mostPoints) return points;
  const stretch = Math.ceil((2 * points.length) / mostPoints);
  const kept: (readonly [number, number])[] = [];
  for (let start = 0; start < points.length; start += stretch) {
    const part = points.slice(start, start + stretch);
    const low = part.reduce((a, b) => (b[1] < a[1] ? b : a));
    const high = part.reduce((a, b) => (b[1] > a[1] ? b : a));
    kept.push(...(low === high ? [low] : low[0] < high[0] ? [low, high] : [high, low]));
  }
  return kept;
}

/** A line chart as inline SVG with a title and a summary for those who do not see it; lines differ by colour and dash. */
export function lineChart(chart: LineChart): Html {
  const all = chart.series.flatMap((one) =>
    one.points.filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y)),
  );
  if (all.length === 0) return html`<p class="quiet">${chart.title}: nothing was reported.</p>`;
  const xs = all.map(([x]) => x);
  const ys = all.map(([, y]) => y);
  const yTicks = ticksFor(Math.min(...ys), Math.max(...ys), 4);
  const xLow = Math.min(...xs);
  const xHigh = Math.max(...xs);
  const yLow = yTicks[0] ?? 0;
  const yHigh = yTicks.at(-1) ?? 1;
  const atX = (x: number): number =>
    inset.left + ((x - xLow) / (xHigh - xLow || 1)) * (width - inset.left - inset.right);
  const atY = (y: number): number =>
    height - inset.bottom - ((y - yLow) / (yHigh - yLow || 1)) * (height - inset.top - inset.bottom);
  const xTicks = ticksFor(xLow, xHigh, 6).filter((x) => x >= xLow && x <= xHigh && Number.isInteger(x));
  return html`<svg class="chart" viewBox="0 0 ${width} ${height}" role="img" aria-label="${chart.title}. ${chart.summary}">
<title>${chart.title}</title><desc>${chart.summary}</desc>
${yTicks.map((y) => horizontal(atY(y), measure(y)))}
${xTicks.map((x) => html`<text class="tick" x="${fixed(atX(x))}" y="${height - inset.bottom + 18}" text-anchor="middle">${x}</text>`)}
<text class="tick" x="${width - inset.right + 26}" y="${height - inset.bottom + 18}">${chart.xLabel}</text>
${chart.series.map((one, index) => line(one, index, { atX, atY }))}
${endLabels(chart.series, { atX, atY })}
</svg>`;
}

type Scale = { atX(x: number): number; atY(y: number): number };
const fixed = (value: number): string => value.toFixed(1);

function horizontal(y: number, label: string): Html {
  return html`<line class="grid" x1="${inset.left}" x2="${width - inset.right}" y1="${fixed(y)}" y2="${fixed(y)}"/><text class="tick" x="${inset.left - 8}" y="${fixed(y + 4)}" text-anchor="end">${label}</text>`;
}

function line(series: Series, index: number, scale: Scale): Html {
  const points = thinned(series.points.filter(([, y]) => Number.isFinite(y)));
  const [only] = points;
  if (points.length === 1 && only) {
    return html`<circle class="dot s${index}" cx="${fixed(scale.atX(only[0]))}" cy="${fixed(scale.atY(only[1]))}" r="3"/>`;
  }
  const path = points.map(([x, y]) => `${fixed(scale.atX(x))},${fixed(scale.atY(y))}`).join(' ');
  return html`<polyline class="line s${index}" points="${path}"/>`;
}

/** Names at the ends of the lines, moved apart so that they can be read. */
function endLabels(series: readonly Series[], scale: Scale): Html[] {
  const labels = series.flatMap((one, index) => {
    const last = one.points.at(-1);
    return last ? [{ index, name: one.name, value: last[1], y: scale.atY(last[1]) }] : [];
  });
  labels.sort((a, b) => a.y - b.y);
  let above = Number.NEGATIVE_INFINITY;
  for (const label of labels) {
    label.y = Math.max(label.y, above + 15);
    above = label.y;
  }
  return labels.map(
    ({ index, name, value, y }) =>
      html`<text class="end s${index}" x="${width - inset.right + 10}" y="${fixed(y + 4)}">${name} ${measure(value)}</text>`,
  );
}
