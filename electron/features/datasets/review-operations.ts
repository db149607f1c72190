import type { SplitName, SplitRecipe } from '../../../shared/features/datasets/datasets.model.ts';
import type { ReviewDecision } from '../../../shared/features/datasets/review.model.ts';
import type { EventLog, Operation } from '../../core/event-log.ts';
import type { Db } from '../../core/ports.ts';
import { findDataset, touchDataset } from './datasets.sql.ts';
import { fromIdRanges, sizeOfIdRanges, idsInRange } from './id-ranges.ts';
import { countDecisions } from './review.sql.ts';

/** What a reviewer decides for which examples (as id ranges); null takes a decision back. */
export type DecisionChange = { readonly ids: string; readonly decision: ReviewDecision['decision'] | null };
export type SplitChange = { readonly ids: string; readonly split: SplitName | null };

type DecideArgs = { datasetId: string; reviewer: string; decisions: readonly DecisionChange[] };
type ApprovalArgs = { datasetId: string; count: number; isReviewRequired: boolean };
type SplitArgs = { datasetId: string; splits: readonly SplitChange[]; recipe: SplitRecipe | null };

/** Changes of curating as data; comments and filters are named by id, so that no text of theirs gets into the log. */
export const reviewOperations = {
  decide: (args: DecideArgs): Operation => ({ kind: 'datasets.decide', args }),
  setSplit: (args: SplitArgs): Operation => ({ kind: 'datasets.set-split', args }),
  requireApprovals: (args: ApprovalArgs): Operation => ({ kind: 'datasets.require-approvals', args }),
  showComment: (datasetId: string, commentId: string, isShown: boolean): Operation => ({
    kind: 'datasets.show-comment',
    args: { datasetId, commentId, isShown },
  }),
  resolveComment: (datasetId: string, commentId: string, isResolved: boolean): Operation => ({
    kind: 'datasets.resolve-comment',
    args: { datasetId, commentId, isResolved },
  }),
  showViews: (shown: readonly string[], hidden: readonly string[]): Operation => ({
    kind: 'datasets.show-views',
    args: { shown, hidden },
  }),
};

/** Teaches an event log these operations. */
export function registerReviewOperations(events: EventLog): void {
  events.register('datasets.decide', decide, (_, { decisions }: DecideArgs) => sizeOf(decisions));
  events.register('datasets.set-split', setSplit, (_, { splits }: SplitArgs) => sizeOf(splits));
  events.register('datasets.require-approvals', (db, args: ApprovalArgs) => {
    db.prepare('UPDATE datasets SET required_approvals = ?, is_review_required = ? WHERE id = ?').run(
      args.count,
      args.isReviewRequired ? 1 : 0,
      args.datasetId,
    );
    touchDataset(db, keyOf(db, args.datasetId));
  });
  events.register('datasets.show-comment', (db, args: { commentId: string; isShown: boolean }) => {
    const isHidden = args.isShown ? 0 : 1;
    db.prepare('UPDATE example_comments SET is_hidden = ? WHERE id = ?').run(isHidden, args.commentId);
  });
  events.register('datasets.resolve-comment', (db, args: { commentId: string; isResolved: boolean }) => {
    const isResolved = args.isResolved ? 1 : 0;
    db.prepare('UPDATE example_comments SET is_resolved = ? WHERE id = ?').run(isResolved, args.commentId);
  });
  events.register('datasets.show-views', (db, args: { shown: string[]; hidden: string[] }) => {
    const update = db.prepare('UPDATE saved_views SET is_hidden = ? WHERE id = ?');
    for (const id of args.shown) update.run(0, id);
    for (const id of args.hidden) update.run(1, id);
  });
}

function keyOf(db: Db, datasetId: string): number {
  const row = findDataset(db, datasetId);
  if (!row) throw new Error(`no data set ${datasetId}`);
  return row.key;
}

function sizeOf(changes: readonly { readonly ids: string }[]): number {
  return changes.reduce((sum, { ids }) => sum + sizeOfIdRanges(ids), 0);
}

function decide(db: Db, { datasetId, reviewer, decisions }: DecideArgs): void {
  const key = keyOf(db, datasetId);
  const take = db.prepare(
    `DELETE FROM review_decisions WHERE reviewer = ? AND dataset = ? AND example_id BETWEEN ? AND ?
     AND content_id = (SELECT e.content_id FROM examples e WHERE e.id = review_decisions.example_id)`,
  );
  const put = db.prepare(
    `INSERT OR REPLACE INTO review_decisions (example_id, content_id, reviewer, decision, dataset)
     SELECT id, content_id, ?, ?, dataset FROM examples WHERE ${idsInRange}`,
  );
  for (const { ids, decision } of decisions) {
    for (const { first, last } of fromIdRanges(ids)) {
      if (decision === null) take.run(reviewer, key, first, last);
      else put.run(reviewer, decision, key, first, last);
      countDecisions(db, { dataset: key, first, last });
    }
  }
  touchDataset(db, key);
}

function setSplit(db: Db, { datasetId, splits, recipe }: SplitArgs): void {
  const key = keyOf(db, datasetId);
  const update = db.prepare(`UPDATE examples SET split = ? WHERE ${idsInRange}`);
  for (const { ids, split } of splits) {
    for (const { first, last } of fromIdRanges(ids)) update.run(split, key, first, last);
  }
  db.prepare('UPDATE datasets SET split_recipe = ? WHERE key = ?').run(
    recipe ? JSON.stringify(recipe) : null,
    key,
  );
  touchDataset(db, key);
}
