import type { Conversation } from '../conversation.ts';
import { createNumberList } from '../near-duplicates/number-list.ts';
import { hashValue } from '../near-duplicates/value-hash.ts';
import type { QualityChart, ShiftResult } from '../quality.model.ts';
import { formatOf } from '../signs/answer-format.rules.ts';
import { languageOf } from '../signs/language.rules.ts';
import { shiftBetween } from '../shift.rules.ts';
import { barsOf, createLengthCounts, createValueCounts, type ValueCounts } from './counts.ts';

/** How an example without a system prompt is called. */
export const noPrompt = '(none)';
const shownPrompt = 300;
const words = (length: number): Uint32Array => new Uint32Array(length);
/** Holds the numbers of counted values, of which there are at most 50,000. */
const halves = (length: number): Uint16Array => new Uint16Array(length);

/** What the rows of a column say, as numbers of counted values (0 is none). */
export type Column = { counts: ValueCounts; of(row: number): number };

function createCharts() {
  return {
    labels: createValueCounts(),
    languages: createValueCounts(),
    formats: createValueCounts(),
    answerKeys: createValueCounts(),
    tools: createValueCounts(),
    systemPrompts: createValueCounts(),
    turns: createValueCounts(),
    lengths: createLengthCounts(),
    answerLengths: createLengthCounts(),
  };
}
type Charts = ReturnType<typeof createCharts>;

function createRows() {
  return {
    examples: createNumberList(words),
    labels: createNumberList(halves),
    languages: createNumberList(halves),
    formats: createNumberList(halves),
    answerKeys: createNumberList(halves),
    systemPrompts: createNumberList(halves),
    lengths: createNumberList(words),
  };
}

/** Counts what examples are made of, and keeps of each row which value it has (18 bytes a row). */
export function createFacets() {
  const charts = createCharts();
  const rows = createRows();
  const totals = [0, 0, 0, 0];
  return {
    /** Counts an example of a split (see `splitIndex`); answers its language. */
    add(exampleId: number, split: number, conversation: Conversation): { language: string } {
      const answer = conversation.answers.at(-1)?.text ?? '';
      const { format, keys } = formatOf({ ...conversation, text: answer });
      const language = languageOf(`${conversation.asked}\n${answer}`);
      const length = conversation.asked.length + answer.length;
      totals[split] = (totals[split] ?? 0) + 1;
      rows.examples.push(exampleId);
      rows.languages.push(charts.languages.add(language, split) + 1);
      rows.formats.push(charts.formats.add(format, split) + 1);
      rows.labels.push(conversation.label === null ? 0 : charts.labels.add(conversation.label, split) + 1);
      rows.answerKeys.push(keys === null ? 0 : charts.answerKeys.add(keys, split) + 1);
      rows.systemPrompts.push(charts.systemPrompts.add(promptName(conversation.system), split) + 1);
      rows.lengths.push(length);
      charts.turns.add(String(conversation.turns), split);
      for (const tool of new Set(conversation.tools)) charts.tools.add(tool, split);
      charts.lengths.add(length, split);
      charts.answerLengths.add(answer.length, split);
      return { language };
    },
    get rows(): number {
      return rows.examples.length;
    },
    exampleAt: (row: number): number => rows.examples.at(row),
    lengthAt: (row: number): number => rows.lengths.at(row),
    column: (name: 'labels' | 'languages' | 'formats' | 'answerKeys' | 'systemPrompts'): Column => ({
      counts: charts[name],
      of: (row) => rows[name].at(row),
    }),
    inSplit: (split: number): number => totals[split] ?? 0,
    charts: () => chartsOf(charts),
    /** How two splits are apart, facet by facet. */
    shifts: (one: number, other: number) => shiftsOf(charts, one, other),
  };
}
export type Facets = ReturnType<typeof createFacets>;

function chartsOf(charts: Charts): QualityChart[] {
  return [
    barsOf('labels', charts.labels, 50),
    charts.lengths.chart('lengths'),
    charts.answerLengths.chart('answerLengths'),
    turnsChart(charts.turns),
    barsOf('languages', charts.languages),
    barsOf('formats', charts.formats),
    barsOf('answerKeys', charts.answerKeys),
    barsOf('tools', charts.tools, 40),
    barsOf('systemPrompts', charts.systemPrompts, 10),
  ].filter(({ bars }) => bars.length > 0);
}

const comparedFacets = [
  'labels',
  'languages',
  'formats',
  'systemPrompts',
  'tools',
  'lengths',
  'answerLengths',
] as const;

function shiftsOf(charts: Charts, one: number, other: number): ShiftResult[] {
  return comparedFacets.flatMap((facet) => {
    const [a, b] = [charts[facet].inSplit(one), charts[facet].inSplit(other)];
    const values = a.filter((count, at) => count + (b[at] ?? 0) > 0).length;
    return values < 2 ? [] : [{ facet, ...shiftBetween(...folded(a, b)) }];
  });
}

const comparedValues = 30;

/** Beyond the most frequent values the rest is one: a statistic over thousands of rare ones says nothing. */
function folded(one: readonly number[], other: readonly number[]): [number[], number[]] {
  const order = one
    .map((count, at) => ({ at, count: count + (other[at] ?? 0) }))
    .toSorted((a, b) => b.count - a.count);
  const pick = (counts: readonly number[]): number[] => [
    ...order.slice(0, comparedValues).map(({ at }) => counts[at] ?? 0),
    order.slice(comparedValues).reduce((sum, { at }) => sum + (counts[at] ?? 0), 0),
  ];
  return [pick(one), pick(other)];
}

function turnsChart(counts: ValueCounts): QualityChart {
  const chart = barsOf('turns', counts, 40);
  const bars = chart.bars
    .map((bar) => ({ ...bar, min: Number(bar.name), max: Number(bar.name) }))
    .toSorted((a, b) => a.min - b.min);
  return { ...chart, kind: 'histogram', bars };
}

/** A system prompt as a name: whole when short, else its beginning, length and a mark that tells versions apart. */
function promptName(system: string): string {
  const text = system.trim();
  if (text === '') return noPrompt;
  if (text.length <= shownPrompt) return text.toWellFormed();
  const version = hashValue(text)[0].toString(36).padStart(7, '0');
  return `${text.slice(0, shownPrompt).toWellFormed()}… (${text.length} characters, ${version})`;
}
