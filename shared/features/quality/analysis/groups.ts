import type { SplitName } from '../../datasets/datasets.model.ts';
import type { GroupKind, QualityProfile } from '../quality.model.ts';
import type { MarkList } from './mark-list.ts';

/** A group of rows of the analysis, to be stored and marked. */
export type FoundGroup = {
  readonly kind: GroupKind;
  readonly similarity: number;
  readonly rows: readonly number[];
};
type Rows = { exampleAt(row: number): number; splitAt(row: number): SplitName | null };

/** Whether a group stands on both sides of a split: the model would be tested on what it has learnt. */
export function isLeak(group: FoundGroup, rows: Rows): boolean {
  const splits = new Set(group.rows.map((row) => rows.splitAt(row)).filter((split) => split !== null));
  return group.kind !== 'contradiction' && splits.size > 1;
}

/** Marks the members of groups: repeats after the first, contradictions all, leaks outside of the training split. */
export function markGroups(groups: readonly FoundGroup[], rows: Rows, marks: MarkList): void {
  for (const group of groups) {
    const [first = 0, second = first] = group.rows;
    const percent = `${Math.floor(100 * group.similarity)} % alike`;
    for (const row of group.rows) {
      const other = row === first ? second : first;
      const mark = { exampleId: rows.exampleAt(row), pointer: '', relatedExampleId: rows.exampleAt(other) };
      if (group.kind === 'contradiction') {
        marks.add({
          ...mark,
          code: 'contradiction',
          detail: `The prompts are ${percent}, the answers differ`,
        });
      } else if (group.kind === 'near' && row !== first) {
        marks.add({ ...mark, code: 'near_duplicate', detail: `At least ${percent}` });
      }
    }
    if (isLeak(group, rows)) markLeak(group, rows, marks);
  }
}

const learnOrder: readonly SplitName[] = ['train', 'validation', 'test'];

function markLeak(group: FoundGroup, rows: Rows, marks: MarkList): void {
  const earliest = learnOrder.find((split) => group.rows.some((row) => rows.splitAt(row) === split));
  const source = group.rows.find((row) => rows.splitAt(row) === earliest) ?? 0;
  for (const row of group.rows) {
    const split = rows.splitAt(row);
    if (split === null || split === earliest) continue;
    const alike = group.kind === 'exact' ? 'The same' : 'Nearly the same';
    const detail = `${alike} stands in ${earliest}, this one in ${split}`;
    marks.add({
      exampleId: rows.exampleAt(row),
      code: 'leakage',
      pointer: '',
      detail,
      relatedExampleId: rows.exampleAt(source),
    });
  }
}

/** How many groups and repeats there are, by kind. */
export function countGroups(groups: readonly FoundGroup[], rows: Rows): QualityProfile['groups'] {
  const of = (kind: GroupKind) => {
    const own = groups.filter((group) => group.kind === kind);
    return {
      groups: own.length,
      repeats: own.reduce((sum, group) => sum + group.rows.length - 1, 0),
      leaks: own.filter((group) => isLeak(group, rows)).length,
    };
  };
  return { exact: of('exact'), near: of('near'), contradiction: of('contradiction') };
}
