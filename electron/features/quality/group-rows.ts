import { type FoundGroup, isLeak } from '../../../shared/features/quality/analysis/groups.ts';
import type { Db } from '../../core/ports.ts';
import type { AnalysedRows } from './analysed-rows.ts';
import { insertGroup } from './quality.sql.ts';

/** Writes the groups of a data set that has none: leaks first, then the largest of each kind. */
export function insertGroups(
  db: Db,
  datasetId: string,
  { groups, rows }: { groups: readonly FoundGroup[]; rows: AnalysedRows },
): void {
  const ordinals = { exact: 0, near: 0, contradiction: 0 };
  const ranked = groups
    .map((group) => ({
      group,
      isLeaked: isLeak(group, { exampleAt: (row) => rows.memberAt(row).exampleId, splitAt: rows.splitAt }),
    }))
    .toSorted((a, b) => Number(b.isLeaked) - Number(a.isLeaked) || b.group.rows.length - a.group.rows.length);
  for (const { group, isLeaked } of ranked) {
    const ordinal = ordinals[group.kind];
    ordinals[group.kind] += 1;
    insertGroup(
      db,
      { datasetId, kind: group.kind },
      {
        ordinal,
        size: group.rows.length,
        similarity: group.similarity,
        isLeak: isLeaked,
        members: group.rows.map((row) => rows.memberAt(row)),
      },
    );
  }
}
