import { contradictingRows } from '../../../shared/features/quality/analysis/contradictions.ts';
import type { FoundGroup } from '../../../shared/features/quality/analysis/groups.ts';
import { exactGroupsOf, findFirsts } from '../../../shared/features/quality/near-duplicates/exact-groups.ts';
import { createJaccard } from '../../../shared/features/quality/near-duplicates/jaccard.ts';
import { findNearGroups } from '../../../shared/features/quality/near-duplicates/near-groups.ts';
import { planSketches, type SketchPlan } from '../../../shared/features/quality/near-duplicates/sketch.ts';
import type { SketchTable } from '../../../shared/features/quality/near-duplicates/sketch-table.ts';
import type { AnalysedRows } from './analysed-rows.ts';

/** Prompts are the same or nearly so when nine tenths of their three-word shingles are. */
export const promptPlan = planSketches({ shingle: 3, threshold: 0.9, signature: 4 });

export type GroupSearch = {
  readonly rows: AnalysedRows;
  readonly plan: SketchPlan;
  /** Sketches of the whole texts and of the prompts alone. */
  readonly tables: { texts: SketchTable; prompts: SketchTable };
  /** Number of a row's label, 0 for none. */
  labelAt(row: number): number;
  /** `share` of the pass that is done, 0 to 1; may throw to stop. */
  tell(pass: 'compared' | 'asked', share: number): void;
};

/** Exact and near duplicates, and examples with (nearly) one prompt that answer differently. */
export function findGroups(search: GroupSearch): FoundGroup[] {
  const { rows } = search;
  const firsts = findFirsts({
    rows: rows.count,
    hashOf: (row) => rows.hashAt(row),
    areEqual: (one, other) => rows.areEqual(one, other),
  });
  const firstOf = (row: number): number => firsts[row] ?? row;
  const exact = exactGroupsOf(firsts).map(
    (members): FoundGroup => ({ kind: 'exact', similarity: 1, rows: members }),
  );
  const near = findNearGroups({
    plan: search.plan,
    table: search.tables.texts,
    firstOf,
    textOf: (row) => rows.textAt(row),
    onProgress: (done, total) => search.tell('compared', done / total),
  }).map((group): FoundGroup => ({ kind: 'near', ...group }));
  return [...exact, ...near, ...findContradictions(search, firstOf)];
}

function findContradictions(search: GroupSearch, firstOf: (row: number) => number): FoundGroup[] {
  const { rows } = search;
  const single = createJaccard(1);
  const wordsShared = (one: string, other: string): number => single.of(single.set(one), single.set(other));
  return findNearGroups({
    plan: promptPlan,
    table: search.tables.prompts,
    firstOf,
    textOf: (row) => rows.conversationAt(row).asked,
    onProgress: (done, total) => search.tell('asked', done / total),
  }).flatMap((group): FoundGroup[] => {
    const members = contradictingRows(
      group.rows.slice(0, maxMembers),
      (row) => ({ label: search.labelAt(row), text: rows.conversationAt(row).answers.at(-1)?.text ?? '' }),
      wordsShared,
    );
    return members.length === 0
      ? []
      : [{ kind: 'contradiction', similarity: group.similarity, rows: members }];
  });
}

/** Members of a group of prompts whose answers are read. */
const maxMembers = 5000;
