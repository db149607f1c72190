import type { SplitName, SplitRecipe } from '../../../shared/features/datasets/datasets.model.ts';
import type { ReviewDecision } from '../../../shared/features/datasets/review.model.ts';
import type { NewEvent } from '../../core/event-log.ts';
import type { Db } from '../../core/ports.ts';
import type { DatasetRow } from './datasets.sql.ts';
import { toIdRanges } from './id-ranges.ts';
import { operations, type TagChange } from './operations.ts';
import { reviewOperations } from './review-operations.ts';

/** What is done to many examples at once. */
export type BulkAction =
  | { readonly kind: 'delete'; readonly nouns: readonly [one: string, many: string]; readonly at: number }
  | { readonly kind: 'tag'; readonly add: readonly string[]; readonly remove: readonly string[] }
  | { readonly kind: 'split'; readonly split: SplitName | null }
  | {
      readonly kind: 'decide';
      readonly reviewer: string;
      readonly decision: ReviewDecision['decision'] | null;
    };

/** `all` are the live ones, `duplicates` those that repeat an earlier one. */
export type BulkIds = Uint32Array | 'all' | 'duplicates';
/** Which examples of which data set. */
export type BulkTarget = { readonly dataset: DatasetRow; readonly ids: BulkIds };

/** The change as one event with its inverse, and how many examples it changes; no event when it changes none. */
export type BulkPlan = { readonly event: NewEvent | null; readonly changed: number };

const idsAtOnce = 5000;

/** Works out an action on the live ones of the examples; reads only. */
export function planBulk(db: Db, target: BulkTarget, action: BulkAction): BulkPlan {
  switch (action.kind) {
    case 'delete':
      return planDelete(db, target, action);
    case 'tag':
      return planTags(db, target, action);
    case 'split':
      return planSplit(db, target, action.split);
    case 'decide':
      return planDecision(db, target, action);
  }
}

/** The live ones of the examples with a column of theirs, some at a time. */
function* liveRows<Row>(
  db: Db,
  { dataset, ids }: BulkTarget,
  select: { columns: string; joined?: string; parameters?: readonly string[] },
): Generator<Row[], void, void> {
  const { columns, joined = '', parameters = [] } = select;
  if (typeof ids === 'string') {
    const which = ids === 'duplicates' ? 'AND e.duplicate_of IS NOT NULL' : '';
    const page = db.prepare<Row & { position: number }>(
      `SELECT e.id, e.position, ${columns} FROM examples e ${joined}
       WHERE e.dataset = ? AND e.position > ? AND e.deleted_at IS NULL ${which}
       ORDER BY e.position LIMIT ${idsAtOnce}`,
    );
    for (let position = 0; ; ) {
      const rows = page.all(...parameters, dataset.key, position);
      if (rows.length === 0) return;
      yield rows;
      position = rows.at(-1)?.position ?? position;
    }
  }
  const some = db.prepare<Row>(
    `SELECT e.id, ${columns} FROM json_each(?) AS wanted CROSS JOIN examples e ON e.id = wanted.value ${joined}
     WHERE e.dataset = ? AND e.deleted_at IS NULL`,
  );
  for (let from = 0; from < ids.length; from += idsAtOnce) {
    const wanted = JSON.stringify([...ids.subarray(from, from + idsAtOnce)]);
    // Parameters bind in the order they stand in the text: the list, the join's, the data set.
    yield some.all(wanted, ...parameters, dataset.key);
  }
}

function idsOf(db: Db, target: BulkTarget): number[] {
  const all: number[] = [];
  for (const rows of liveRows<{ id: number }>(db, target, { columns: '1' })) {
    for (const { id } of rows) all.push(id);
  }
  return all;
}

/** `1 example`, `42 examples`. */
function counted(count: number): string {
  return `${count} example${count === 1 ? '' : 's'}`;
}

function planDelete(
  db: Db,
  target: BulkTarget,
  { nouns, at }: Extract<BulkAction, { kind: 'delete' }>,
): BulkPlan {
  const ids = idsOf(db, target);
  if (ids.length === 0) return { event: null, changed: 0 };
  const ranges = toIdRanges(ids);
  const { id } = target.dataset;
  const event = {
    feature: 'datasets',
    kind: 'datasets.examples-deleted',
    label: `delete ${ids.length} ${nouns[ids.length === 1 ? 0 : 1]}`,
    forward: operations.deleteExamples(id, { ids: ranges, at }),
    inverse: operations.deleteExamples(id, { ids: ranges, at: null }),
  };
  return { event, changed: ids.length };
}

function planTags(
  db: Db,
  target: BulkTarget,
  { add, remove }: { add: readonly string[]; remove: readonly string[] },
): BulkPlan {
  const { key, id } = target.dataset;
  const all = idsOf(db, target);
  const wanted = [...add.map((tag) => ({ tag, isOn: true })), ...remove.map((tag) => ({ tag, isOn: false }))];
  const touched = new Set<number>();
  const changes: TagChange[] = [];
  for (const { tag, isOn } of wanted) {
    const tagged = new Set(
      db
        .prepare<{ id: number }>('SELECT example_id AS id FROM example_tags WHERE dataset = ? AND tag = ?')
        .all(key, tag)
        .map((row) => row.id),
    );
    const ids = all.filter((one) => tagged.has(one) !== isOn);
    for (const one of ids) touched.add(one);
    if (ids.length > 0) changes.push({ tag, isOn, ids: toIdRanges(ids) });
  }
  if (changes.length === 0) return { event: null, changed: 0 };
  const names = changes.map(({ tag, isOn }) => `${isOn ? '+' : '−'}${tag}`).join(' ');
  const event = {
    feature: 'datasets',
    kind: 'datasets.tagged',
    label: `tag ${counted(touched.size)} ${names}`,
    forward: operations.tag(id, changes),
    inverse: operations.tag(
      id,
      changes.map((one) => ({ ...one, isOn: !one.isOn })),
    ),
  };
  return { event, changed: touched.size };
}

/** Ids by the value they have now, without those that have the wanted one already. */
function changedFrom<Value>(
  rows: Iterable<readonly { id: number; now: Value }[]>,
  wanted: Value,
): Map<Value, number[]> {
  const groups = new Map<Value, number[]>();
  for (const page of rows) {
    for (const { id, now } of page) {
      if (now === wanted) continue;
      const group = groups.get(now);
      if (group) group.push(id);
      else groups.set(now, [id]);
    }
  }
  return groups;
}

function planSplit(db: Db, target: BulkTarget, split: SplitName | null): BulkPlan {
  const { dataset } = target;
  const rows = liveRows<{ id: number; now: SplitName | null }>(db, target, { columns: 'e.split AS now' });
  const groups = changedFrom(rows, split);
  const ids = [...groups.values()].flat();
  if (ids.length === 0) return { event: null, changed: 0 };
  const recipe = dataset.split_recipe === null ? null : (JSON.parse(dataset.split_recipe) as SplitRecipe);
  const datasetId = dataset.id;
  const event = {
    feature: 'datasets',
    kind: 'datasets.split-assigned',
    label: `move ${counted(ids.length)} to ${split ?? 'no split'}`,
    // What was dealt by hand is no longer what the recipe gives.
    forward: reviewOperations.setSplit({
      datasetId,
      splits: [{ ids: toIdRanges(ids), split }],
      recipe: null,
    }),
    inverse: reviewOperations.setSplit({
      datasetId,
      splits: [...groups].map(([before, group]) => ({ ids: toIdRanges(group), split: before })),
      recipe,
    }),
  };
  return { event, changed: ids.length };
}

const decisionVerbs = { approved: 'approve', rejected: 'reject' } as const;

function planDecision(
  db: Db,
  target: BulkTarget,
  { reviewer, decision }: { reviewer: string; decision: ReviewDecision['decision'] | null },
): BulkPlan {
  const rows = liveRows<{ id: number; now: ReviewDecision['decision'] | null }>(db, target, {
    columns: 'r.decision AS now',
    joined:
      'LEFT JOIN review_decisions r ON r.example_id = e.id AND r.content_id = e.content_id AND r.reviewer = ?',
    parameters: [reviewer],
  });
  const groups = changedFrom(rows, decision);
  const ids = [...groups.values()].flat();
  if (ids.length === 0) return { event: null, changed: 0 };
  const datasetId = target.dataset.id;
  const verb = decision === null ? 'take back the decision on' : decisionVerbs[decision];
  const event = {
    feature: 'datasets',
    kind: 'datasets.decided',
    label: `${verb} ${counted(ids.length)}`,
    forward: reviewOperations.decide({
      datasetId,
      reviewer,
      decisions: [{ ids: toIdRanges(ids), decision }],
    }),
    inverse: reviewOperations.decide({
      datasetId,
      reviewer,
      decisions: [...groups].map(([before, group]) => ({ ids: toIdRanges(group), decision: before })),
    }),
  };
  return { event, changed: ids.length };
}
