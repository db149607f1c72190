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
  const textOf = (row: number): string => rows.textAt(row);
  const alike = findNearGroups({
    plan: search.plan,
    table: search.tables.texts,
    firstOf,
    textOf,
    onProgress: (done, total) => search.tell('compared', done / total),
  });
  const { groups, templated } = splitTemplates(alike, {
    shingle: search.plan.shingle,
    rows: rows.count,
    textOf,
    onRow: () => search.tell('compared', 1),
  });
  // Exact repeats alone are a group of their own kind.
  const near = groups
    .filter((group) => new Set(group.rows.map(firstOf)).size > 1)
    .map((group): FoundGroup => ({ kind: 'near', ...group }));
  return { groups: [...exact, ...near, ...findContradictions(search, firstOf)], templated };
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
