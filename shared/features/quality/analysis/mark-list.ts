import { createNumberList } from '../near-duplicates/number-list.ts';
import { type QualityCodeName, qualityCodes } from '../quality-codes.ts';

const codeNames = Object.keys(qualityCodes) as QualityCodeName[];
/** Different pointers and details that are told apart; beyond, a mark stands at the example as a whole. */
const maxTexts = 200_000;

export type Mark = {
  readonly exampleId: number;
  readonly code: QualityCodeName;
  readonly pointer: string;
  /** What was found, put after the title. */
  readonly detail: string;
  readonly relatedExampleId: number | null;
};

/** Marks in about 20 bytes each, whatever their number; texts that repeat are kept once. */
export function createMarkList() {
  const words = (length: number): Uint32Array => new Uint32Array(length);
  const columns = {
    examples: createNumberList(words),
    codes: createNumberList(words),
    pointers: createNumberList(words),
    details: createNumberList(words),
    related: createNumberList(words),
  };
  const texts = [''];
  const ids = new Map([['', 0]]);
  const examplesOf = createDistinctCounts();
  const idOf = (text: string): number => {
    const known = ids.get(text);
    if (known !== undefined) return known;
    if (texts.length >= maxTexts) return 0;
    ids.set(text, texts.length);
    texts.push(text);
    return texts.length - 1;
  };
  return {
    addAll(others: { marks(): Iterable<Mark> }): void {
      for (const mark of others.marks()) this.add(mark);
    },
    add(mark: Mark): void {
      columns.examples.push(mark.exampleId);
      columns.codes.push(codeNames.indexOf(mark.code));
      columns.pointers.push(idOf(mark.pointer));
      columns.details.push(idOf(mark.detail));
      columns.related.push((mark.relatedExampleId ?? -1) + 1);
      examplesOf.add(mark.code, mark.exampleId);
    },
    /** How many examples carry a mark. */
    examples: (code: QualityCodeName): number => examplesOf.count(code),
    *marks(): Generator<Mark, void, void> {
      for (let at = 0; at < columns.examples.length; at += 1) {
        const related = columns.related.at(at) - 1;
        yield {
          exampleId: columns.examples.at(at),
          code: codeNames[columns.codes.at(at)] ?? 'spelling',
          pointer: texts[columns.pointers.at(at)] ?? '',
          detail: texts[columns.details.at(at)] ?? '',
          relatedExampleId: related < 0 ? null : related,
        };
      }
    },
  };
}
/** Counts different examples by code, in one bit an example and code. */
function createDistinctCounts() {
  const seen = new Map<QualityCodeName, { bits: Uint32Array[]; count: number }>();
  const bitsPerChunk = 1 << 20;
  return {
    add(code: QualityCodeName, exampleId: number): void {
      const entry = seen.get(code) ?? { bits: [], count: 0 };
      seen.set(code, entry);
      const chunk = Math.floor(exampleId / bitsPerChunk);
      const bits = entry.bits[chunk] ?? new Uint32Array(bitsPerChunk / 32);
      entry.bits[chunk] = bits;
      const at = exampleId % bitsPerChunk;
      const before = bits[at >>> 5] ?? 0;
      const after = before | (1 << (at & 31));
      if (after >>> 0 === before) return;
      bits[at >>> 5] = after;
      entry.count += 1;
    },
    count: (code: QualityCodeName): number => seen.get(code)?.count ?? 0,
  };
}

export type MarkList = ReturnType<typeof createMarkList>;
