import type { Method, SplitName, SplitRecipe } from '../../../shared/features/datasets/datasets.model.ts';
import type { EventLog, Operation } from '../../core/event-log.ts';
import type { Db } from '../../core/ports.ts';
import { createShowAppended } from './append.sql.ts';
import { factColumns } from './contents.sql.ts';
import { findDataset, touchDataset } from './datasets.sql.ts';
import { markAllGroups, markGroups } from './groups.sql.ts';
import { fromIdRanges, sizeOfIdRanges, idsInRange } from './id-ranges.ts';
import { splitAt } from './packed-splits.ts';
import { registerReviewOperations } from './review-operations.ts';
import { countDecisions } from './review.sql.ts';

/** Beyond this many changed examples it is cheaper to mark the groups of the whole data set. */
const manyGroups = 20_000;

/** Every change this feature can make and take back, as data; the arguments name what, never contain what it says. */
export const operations = {
  show: (datasetId: string, isDeleted: boolean): Operation => ({
    kind: 'datasets.show',
    args: { datasetId, isDeleted },
  }),
  rename: (datasetId: string, name: string): Operation => ({
    kind: 'datasets.rename',
    args: { datasetId, name },
  }),
  setGrader: (datasetId: string, grader: string | null): Operation => ({
    kind: 'datasets.set-grader',
    args: { datasetId, grader },
  }),
  switchContents: (datasetId: string, change: { batch: string; to: 'new' | 'previous' }): Operation => ({
    kind: 'datasets.switch-contents',
    args: { datasetId, ...change },
  }),
  changeMethod: (
    datasetId: string,
    change: { batch: string; to: 'new' | 'previous'; method: Method },
  ): Operation => ({
    kind: 'datasets.change-method',
    args: { datasetId, ...change },
  }),
  deleteExamples: (datasetId: string, change: { ids: string; at: number | null }): Operation => ({
    kind: 'datasets.delete-examples',
    args: { datasetId, ...change },
  }),
  tag: (datasetId: string, tags: readonly TagChange[]): Operation => ({
    kind: 'datasets.tag',
    args: { datasetId, tags },
  }),
  assignSplits: (datasetId: string, change: { recipe: SplitRecipe | null; packed: string }): Operation => ({
    kind: 'datasets.assign-splits',
    args: { datasetId, ...change },
  }),
};

/** Puts a tag on, or takes it off, a set of examples (as id ranges). */
export type TagChange = { readonly tag: string; readonly ids: string; readonly isOn: boolean };

/** Teaches an event log the operations of this feature; in the main process and in the workers that change data. */
export function registerOperations(events: EventLog): void {
  events.register('datasets.show', (db, args: { datasetId: string; isDeleted: boolean }) => {
    db.prepare('UPDATE datasets SET deleted_at = ? WHERE id = ?').run(
      args.isDeleted ? 1 : null,
      args.datasetId,
    );
  });
  events.register('datasets.rename', (db, args: { datasetId: string; name: string }) => {
    db.prepare('UPDATE datasets SET name = ? WHERE id = ?').run(args.name, args.datasetId);
  });
  events.register('datasets.set-grader', (db, args: { datasetId: string; grader: string | null }) => {
    db.prepare('UPDATE datasets SET grader = ? WHERE id = ?').run(args.grader, args.datasetId);
  });
  events.register('datasets.switch-contents', switchContents, sizeOfBatch);
  events.register('datasets.change-method', changeMethod, sizeOfBatch);
  events.register('datasets.delete-examples', deleteExamples, (_, { ids }: { ids: string }) =>
    sizeOfIdRanges(ids),
  );
  events.register(
    'datasets.show-appended',
    createShowAppended(deleteExamples),
    (_, { ids }: { ids: string }) => sizeOfIdRanges(ids),
  );
  events.register('datasets.tag', tagExamples, (_, { tags }: { tags: readonly TagChange[] }) =>
    tags.reduce((sum, { ids }) => sum + sizeOfIdRanges(ids), 0),
  );
  events.register('datasets.assign-splits', assignSplits, (_, { packed }: AssignArgs) => packed.length);
  registerReviewOperations(events);
}

function keyOf(db: Db, datasetId: string): number {
  const row = findDataset(db, datasetId);
  if (!row) throw new Error(`no data set ${datasetId}`);
  return row.key;
}

function switchContents(db: Db, args: { datasetId: string; batch: string; to: 'new' | 'previous' }): void {
  const key = keyOf(db, args.datasetId);
  const [from, to] = args.to === 'new' ? ['old', 'fresh'] : ['fresh', 'old'];
  db.prepare(
    `UPDATE examples SET content_id = ${to}.id, is_edited = ${to}.origin IS NOT NULL, has_images = ${to}.images IS NOT NULL,
       ${factColumns.map((column) => `${column} = ${to}.${column}`).join(', ')}
     FROM contents AS fresh JOIN contents AS old ON old.id = fresh.previous_id
     WHERE fresh.batch = ? AND examples.id = fresh.example_id AND examples.content_id = ${from}.id`,
  ).run(args.batch);
  recountDecisions(db, key, args.batch);
  const prompts = db
    .prepare<{ prompt_hash: Uint8Array }>(
      `SELECT prompt_hash FROM contents WHERE batch = ?
       UNION SELECT old.prompt_hash FROM contents AS fresh JOIN contents AS old ON old.id = fresh.previous_id
       WHERE fresh.batch = ? LIMIT ${manyGroups + 1}`,
    )
    .all(args.batch, args.batch)
    .map((row) => row.prompt_hash);
  markChanged(db, key, prompts);
}

/** The same bytes, looked at by the rules of another method. */
function changeMethod(
  db: Db,
  args: { datasetId: string; batch: string; to: 'new' | 'previous'; method: Method },
): void {
  db.prepare('UPDATE datasets SET method = ? WHERE id = ?').run(args.method, args.datasetId);
  switchContents(db, args);
}

/** How many examples a rewriting changed, as far as that matters for where it is taken back. */
function sizeOfBatch(db: Db, { batch }: { batch: string }): number {
  const row = db
    .prepare<{ size: number }>(
      'SELECT COUNT(*) AS size FROM (SELECT 1 FROM contents WHERE batch = ? LIMIT 1001)',
    )
    .get(batch);
  return row?.size ?? 0;
}

/** A decision holds for the content it was made on: after a change, those that hold are counted anew. */
function recountDecisions(db: Db, dataset: number, batch: string): void {
  const changed = db
    .prepare<{ id: number }>(
      `SELECT DISTINCT c.example_id AS id FROM contents c JOIN review_decisions r ON r.example_id = c.example_id
       WHERE c.batch = ?`,
    )
    .all(batch);
  for (const { id } of changed) countDecisions(db, { dataset, first: id, last: id });
}

/** Marks groups anew after a change; `prompts` may be cut off beyond the limit where all are marked anyway. */
function markChanged(db: Db, key: number, prompts: readonly Uint8Array[]): void {
  if (prompts.length > manyGroups) markAllGroups(db, key);
  else markGroups(db, key, prompts);
  touchDataset(db, key);
}

function deleteExamples(db: Db, args: { datasetId: string; ids: string; at: number | null }): void {
  const key = keyOf(db, args.datasetId);
  const prompts: Uint8Array[] = [];
  const update = db.prepare(
    `UPDATE examples SET deleted_at = ?, duplicate_of = NULL, conflicts_with = NULL WHERE ${idsInRange}`,
  );
  const hashes = db.prepare<{ prompt_hash: Uint8Array }>(
    `SELECT prompt_hash FROM examples WHERE ${idsInRange} LIMIT ${manyGroups + 1}`,
  );
  for (const { first, last } of fromIdRanges(args.ids)) {
    update.run(args.at, key, first, last);
    if (prompts.length > manyGroups) continue;
    for (const row of hashes.all(key, first, last)) prompts.push(row.prompt_hash);
  }
  markChanged(db, key, prompts);
}

function tagExamples(db: Db, args: { datasetId: string; tags: readonly TagChange[] }): void {
  const key = keyOf(db, args.datasetId);
  const put = db.prepare(
    `INSERT OR IGNORE INTO example_tags (example_id, tag, dataset) SELECT id, ?, dataset FROM examples WHERE ${idsInRange}`,
  );
  const take = db.prepare(
    'DELETE FROM example_tags WHERE tag = ? AND dataset = ? AND example_id BETWEEN ? AND ?',
  );
  for (const { tag, ids, isOn } of args.tags) {
    for (const { first, last } of fromIdRanges(ids)) (isOn ? put : take).run(tag, key, first, last);
  }
  touchDataset(db, key);
}

type AssignArgs = { datasetId: string; recipe: SplitRecipe | null; packed: string };

function assignSplits(db: Db, args: AssignArgs): void {
  const key = keyOf(db, args.datasetId);
  const packed = Buffer.from(args.packed, 'base64');
  const rows = db
    .prepare<{ id: number; position: number; split: SplitName | null }>(
      'SELECT id, position, split FROM examples WHERE dataset = ? ORDER BY position',
    )
    .all(key);
  const update = db.prepare('UPDATE examples SET split = ? WHERE id = ?');
  for (const { id, position, split } of rows) {
    const wanted = splitAt(packed, position);
    if (wanted !== split) update.run(wanted, id);
  }
  db.prepare('UPDATE datasets SET split_recipe = ? WHERE key = ?').run(
    args.recipe ? JSON.stringify(args.recipe) : null,
    key,
  );
  touchDataset(db, key);
}
