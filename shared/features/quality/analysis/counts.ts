import type { SplitName } from '../../datasets/datasets.model.ts';
import type { QualityChart } from '../quality.model.ts';

/** Splits as rows of numbers: 0 is none. */
export const splitIndex: Readonly<Record<SplitName, number>> = { train: 1, validation: 2, test: 3 };
const splitSlots = 4;

const maxValues = 50_000;
const none = new Uint32Array(0);

/** Counts values by split. After very many different values new ones are counted together, so that memory is bounded. */
export function createValueCounts() {
  const ids = new Map<string, number>();
  const names: string[] = [];
  const counts: Uint32Array[] = [];
  return {
    /** Counts a value in a split; answers its number, −1 when it is one too many. */
    add(value: string, split: number): number {
      let id = ids.get(value);
      if (id === undefined) {
        if (names.length >= maxValues) return -1;
        id = names.length;
        ids.set(value, id);
        names.push(value);
        counts.push(new Uint32Array(splitSlots));
      }
      const slots = counts[id];
      if (slots) slots[split] = (slots[split] ?? 0) + 1;
      return id;
    },
    nameOf: (id: number): string => names[id] ?? '',
    totalOf: (id: number): number => (counts[id] ?? none).reduce((sum, one) => sum + one, 0),
    /** Values by how often they occur, most first. */
    ranked(): { id: number; name: string; count: number }[] {
      return names
        .map((name, id) => ({ id, name, count: this.totalOf(id) }))
        .toSorted((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
    },
    /** Counts of every value in one split, in the order of first occurrence. */
    inSplit: (split: number): number[] => counts.map((slots) => slots[split] ?? 0),
  };
}
export type ValueCounts = ReturnType<typeof createValueCounts>;

/** The chart of counted values: the most frequent `shown`, the rest added up. */
export function barsOf(id: QualityChart['id'], counts: ValueCounts, shown = 20): QualityChart {
  const ranked = counts.ranked();
  const rest = ranked.slice(shown);
  return {
    id,
    kind: 'bars',
    bars: ranked.slice(0, shown).map(({ name, count }) => ({ name, count, min: null, max: null })),
    otherValues: rest.length,
    otherExamples: rest.reduce((sum, { count }) => sum + count, 0),
  };
}

/** Upper bounds of lengths: steps that grow with the length, about six to a factor of ten. */
const bounds = [
  0,
  1,
  2,
  3,
  5,
  7,
  10,
  15,
  20,
  30,
  50,
  70,
  100,
  150,
  200,
  300,
  500,
  700,
  1000,
  1500,
  2000,
  3000,
  5000,
  7000,
  10_000,
  20_000,
  50_000,
  100_000,
  1_000_000,
  Number.MAX_SAFE_INTEGER,
];

/** Counts lengths by split in growing steps. */
export function createLengthCounts() {
  const counts = Array.from({ length: splitSlots }, () => new Uint32Array(bounds.length));
  return {
    add(length: number, split: number): void {
      const at = bounds.findIndex((bound) => length <= bound);
      const slots = counts[split];
      if (slots) slots[at] = (slots[at] ?? 0) + 1;
    },
    inSplit: (split: number): number[] => [...(counts[split] ?? [])],
    chart(id: QualityChart['id']): QualityChart {
      const totals = bounds.map((_, at) => counts.reduce((sum, slots) => sum + (slots[at] ?? 0), 0));
      const first = totals.findIndex((total) => total > 0);
      const last = totals.findLastIndex((total) => total > 0);
      const bars = totals.flatMap((count, at) => {
        if (first < 0 || at < first || at > last) return [];
        const [min, max] = [at === 0 ? 0 : (bounds[at - 1] ?? 0) + 1, bounds[at] ?? 0];
        return [{ name: min === max ? `${min}` : `${min}–${max}`, count, min, max }];
      });
      return { id, kind: 'histogram', bars, otherValues: 0, otherExamples: 0 };
    },
  };
}
