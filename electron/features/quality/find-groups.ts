import { contradictingRows } from '../../../shared/features/quality/analysis/contradictions.ts';
import type { FoundGroup } from '../../../shared/features/quality/analysis/groups.ts';
import { exactGroupsOf, findFirsts } from '../../../shared/features/quality/near-duplicates/exact-groups.ts';
import { createJaccard } from '../../../shared/features/quality/near-duplicates/jaccard.ts';
import { findNearGroups } from '../../../shared/features/quality/near-duplicates/near-groups.ts';
import { planSketches, type SketchPlan } from '../../../shared/features/quality/near-duplicates/sketch.ts';
import type { SketchTable } from '../../../shared/features/quality/near-duplicates/sketch-table.ts';
import { splitTemplates } from '../../../shared/features/quality/near-duplicates/templates.ts';
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

export type FoundGroups = {
  readonly groups: FoundGroup[];
  /** Rows that are one text with other words filled in, compared without it. */
  readonly templated: number;
};

/** Exact and near duplicates, and examples with (nearly) one prompt that answer differently. */
export function findGroups(search: GroupSearch): FoundGroups {
  const { groups, templated, firstOf } = findRepeats(
    { rows: search.rows, plan: search.plan, table: search.tables.texts },
    (share) => search.tell('compared', share),
  );
  return { groups: [...groups, ...findContradictions(search, firstOf)], templated };
}

/** Exact and near duplicates alone, and which row each row repeats; `tell` hears the share that is done, 0 to 1. */
export function findRepeats(
  { rows, plan, table }: { rows: AnalysedRows; plan: SketchPlan; table: SketchTable },
  tell: (share: number) => void,
): FoundGroups & { readonly firstOf: (row: number) => number } {
  const firsts = findFirsts({
    rows: rows.count,
    hashOf: (row) => rows.hashAt(row),
    areEqual: (one, other) => rows.areEqual(one, other),
  });
  const firstOf = (row: number): number => firsts[row] ?? row;
  const exact = exactGroupsOf(firsts).map(
    (members): FoundGroup => ({ kind: 'exact', similarity: 1, rows: members }),
  );
  const textOf = (row: number): string => rows.textAt(row);
  const alike = findNearGroups({
    plan,
    table,
    firstOf,
    textOf,
    onProgress: (done, total) => tell(done / total),
  });
  const { groups, templated } = splitTemplates(alike, {
    shingle: plan.shingle,
    rows: rows.count,
    textOf,
    onRow: () => tell(1),
  });
  // Exact repeats alone are a group of their own kind.
  const near = groups
    .filter((group) => new Set(group.rows.map(firstOf)).size > 1)
    .map((group): FoundGroup => ({ kind: 'near', ...group }));
  return { groups: [...exact, ...near], templated, firstOf };
}

function findContradictions(search: GroupSearch, firstOf: (row: number) => number): FoundGroup[] {
  const { rows } = search;
  const single = createJaccard(1);
  const wordsShared = (one: string, other: string): number => single.of(single.set(one), single.set(other));
  const textOf = (row: number): string => rows.conversationAt(row).asked;
  const alike = findNearGroups({
    plan: promptPlan,
    table: search.tables.prompts,
    firstOf,
    textOf,
    onProgress: (done, total) => search.tell('asked', done / total),
  });
  const { groups } = splitTemplates(alike, {
    shingle: promptPlan.shingle,
    rows: rows.count,
    textOf,
    onRow: () => search.tell('asked', 1),
  });
  return groups.flatMap((group): FoundGroup[] => {
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
