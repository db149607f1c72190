import type { QualityCodeName } from '../quality-codes.ts';
import type { Column, Facets } from './facets.ts';
import type { MarkList } from './mark-list.ts';

/** A statement about the data set as a whole. */
export type Statement = { readonly code: QualityCodeName; readonly message: string };

/** A language that could not be told. */
const unknown = 'unknown';
const usualShare = 0.8;
const fewExamples = 10;
/** More labels than this are no classes any more. */
const maxClasses = 200;
const imbalance = 10;

/** Marks what is only seen beside the other examples, and says what is true of all of them. */
export function markDatasetSigns(facets: Facets, marks: MarkList): Statement[] {
  markFormats(facets, marks);
  markUnusual(facets, marks, { column: 'systemPrompts', code: 'system_prompt_differs', share: usualShare });
  markUnusual(facets, marks, { column: 'answerKeys', code: 'answer_keys_differ', share: 0.6 });
  markUnusual(facets, marks, { column: 'languages', code: 'language_differs', share: 0.95 });
  markLengths(facets, marks);
  return markLabels(facets, marks);
}

type Usual = { column: 'systemPrompts' | 'answerKeys' | 'languages'; code: QualityCodeName; share: number };

/** Where one value is usual, marks the examples that have another. */
function markUnusual(facets: Facets, marks: MarkList, { column: name, code, share }: Usual): void {
  const column = facets.column(name);
  const usual = usualOf(column, facets.rows, share);
  if (!usual) return;
  for (let row = 0; row < facets.rows; row += 1) {
    const id = column.of(row);
    if (id === 0 || id - 1 === usual.id) continue;
    const found = column.counts.nameOf(id - 1);
    if (found === unknown) continue;
    const detail = `${short(found)} instead of ${short(usual.name)}`;
    marks.add({ exampleId: facets.exampleAt(row), code, pointer: '', detail, relatedExampleId: null });
  }
}

function usualOf(column: Column, rows: number, share: number): { id: number; name: string } | null {
  const ranked = column.counts.ranked().filter(({ name }) => name !== unknown);
  const counted = ranked.reduce((sum, { count }) => sum + count, 0);
  const [first] = ranked;
  if (!first || rows < fewExamples || first.count === counted || first.count < share * counted) return null;
  return first;
}

function markFormats(facets: Facets, marks: MarkList): void {
  const column = facets.column('formats');
  const ranked = column.counts.ranked();
  const counted = (name: string): number => ranked.find((one) => one.name === name)?.count ?? 0;
  const isJsonUsual = (counted('json') + counted('broken_json')) * 2 > facets.rows;
  const usual = usualOf(column, facets.rows, 0.9);
  for (let row = 0; row < facets.rows; row += 1) {
    const format = column.counts.nameOf(column.of(row) - 1);
    const exampleId = facets.exampleAt(row);
    if (format === 'broken_json') {
      marks.add({
        exampleId,
        code: 'answer_json_broken',
        pointer: '',
        detail: 'It begins like JSON and does not parse',
        relatedExampleId: null,
      });
      continue;
    }
    const wanted = isJsonUsual ? 'json' : usual?.name;
    if (wanted === undefined || format === wanted) continue;
    const detail = `${formatWords[format] ?? format} instead of ${formatWords[wanted] ?? wanted}`;
    marks.add({ exampleId, code: 'answer_format_differs', pointer: '', detail, relatedExampleId: null });
  }
}

const formatWords: Readonly<Record<string, string>> = {
  json: 'JSON',
  tool_call: 'a tool call',
  label: 'a label',
  code: 'code',
  list: 'a list',
  text: 'prose',
  empty: 'nothing',
};

/** Lengths far from the middle, by the median absolute deviation of their logarithms. */
function markLengths(facets: Facets, marks: MarkList): void {
  if (facets.rows < 50) return;
  const logs = new Float64Array(facets.rows);
  for (let row = 0; row < facets.rows; row += 1) logs[row] = Math.log1p(facets.lengthAt(row));
  const median = middle(logs.slice());
  const deviation = middle(logs.map((one) => Math.abs(one - median)));
  // Where most lengths are alike the deviation is near nothing; a factor of two is then still no outlier.
  const limit = 5 * Math.max(1.4826 * deviation, 0.25);
  for (let row = 0; row < facets.rows; row += 1) {
    if (Math.abs((logs[row] ?? 0) - median) <= limit) continue;
    const detail = `${facets.lengthAt(row)} characters; the middle is ${Math.round(Math.expm1(median))}`;
    marks.add({
      exampleId: facets.exampleAt(row),
      code: 'length_outlier',
      pointer: '',
      detail,
      relatedExampleId: null,
    });
  }
}

function middle(values: Float64Array): number {
  values.sort();
  return values[values.length >> 1] ?? 0;
}

/** Labels count as classes when most examples have one of a limited number. */
function markLabels(facets: Facets, marks: MarkList): Statement[] {
  const column = facets.column('labels');
  const ranked = column.counts.ranked();
  const labelled = ranked.reduce((sum, { count }) => sum + count, 0);
  if (labelled * 2 < facets.rows || ranked.length < 2 || ranked.length > maxClasses) return [];
  if (labelled < 3 * ranked.length) return [];
  const even = labelled / ranked.length;
  const rare = new Set(
    ranked
      .filter(({ count }) => count < Math.min(fewExamples, even / 2) || count < even / 20)
      .map(({ id }) => id),
  );
  for (let row = 0; row < facets.rows; row += 1) {
    const id = column.of(row) - 1;
    if (!rare.has(id)) continue;
    const detail = `${column.counts.totalOf(id)} of ${facets.rows} examples`;
    marks.add({
      exampleId: facets.exampleAt(row),
      code: 'rare_label',
      pointer: '',
      detail,
      relatedExampleId: null,
    });
  }
  const [most, least] = [ranked[0], ranked.at(-1)];
  if (!most || !least || most.count < imbalance * least.count) return [];
  return [
    {
      code: 'label_imbalance',
      message: `“${short(most.name)}” has ${most.count} examples, “${short(least.name)}” ${least.count}.`,
    },
  ];
}

function short(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > 60 ? `${line.slice(0, 59)}…`.toWellFormed() : line;
}
