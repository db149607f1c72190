import type { ExampleComment, ReviewDecision } from '../../../shared/features/datasets/review.model.ts';
import type { SavedView } from '../../../shared/features/datasets/saved-view.model.ts';
import { everything, noLists } from '../../../shared/features/datasets/filter.model.ts';
import type { Db } from '../../core/ports.ts';
import { idsInRange } from './id-ranges.ts';

/** What reviewers decided about the present content of an example, by name. */
export function decisionsOf(db: Db, exampleId: number): ReviewDecision[] {
  return db
    .prepare<ReviewDecision>(
      `SELECT r.reviewer, r.decision FROM examples e JOIN review_decisions r
       ON r.example_id = e.id AND r.content_id = e.content_id WHERE e.id = ? ORDER BY r.reviewer`,
    )
    .all(exampleId);
}

type CommentRow = Omit<ExampleComment, 'isResolved'> & { isResolved: number };

/** The comments on an example, oldest first. */
export function commentsOf(db: Db, exampleId: number): ExampleComment[] {
  return db
    .prepare<CommentRow>(
      `SELECT id AS commentId, pointer, reviewer, body, created_at AS at, is_resolved AS isResolved
       FROM example_comments WHERE example_id = ? AND is_hidden = 0 ORDER BY created_at, id`,
    )
    .all(exampleId)
    .map((row) => ({ ...row, isResolved: row.isResolved === 1 }));
}

/** Counts anew, for examples between two ids, the decisions that hold for their present contents. */
export function countDecisions(db: Db, range: { dataset: number; first: number; last: number }): void {
  const counted = (decision: string): string =>
    `(SELECT COUNT(*) FROM review_decisions r
      WHERE r.example_id = examples.id AND r.content_id = examples.content_id AND r.decision = '${decision}')`;
  db.prepare(
    `UPDATE examples SET approvals = ${counted('approved')}, rejections = ${counted('rejected')}
     WHERE ${idsInRange}`,
  ).run(range.dataset, range.first, range.last);
}

/** The same for all examples of a data set that anybody ever decided about. */
export function countAllDecisions(db: Db, dataset: number): void {
  const counted = (decision: string): string =>
    `(SELECT COUNT(*) FROM review_decisions r
      WHERE r.example_id = examples.id AND r.content_id = examples.content_id AND r.decision = '${decision}')`;
  db.prepare(
    `UPDATE examples SET approvals = ${counted('approved')}, rejections = ${counted('rejected')}
     WHERE dataset = ? AND id IN (SELECT example_id FROM review_decisions WHERE dataset = ?)`,
  ).run(dataset, dataset);
}

type ViewRow = { id: string; dataset: number | null; name: string; filter: string; sort: string };

/** Saved filters of a data set and of the whole workspace, by name. */
export function savedViewsOf(db: Db, dataset: number): SavedView[] {
  const select = (where: string, ...values: number[]): ViewRow[] =>
    db
      .prepare<ViewRow>(
        `SELECT id, dataset, name, filter, sort FROM saved_views WHERE ${where} AND is_hidden = 0`,
      )
      .all(...values);
  return [...select('dataset = ?', dataset), ...select('dataset IS NULL')]
    .map((row) => ({
      savedViewId: row.id,
      name: row.name,
      isForAll: row.dataset === null,
      filter: filled(JSON.parse(row.filter) as Partial<SavedView['filter']>),
      order: JSON.parse(row.sort) as SavedView['order'],
    }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** A filter that an older version saved lacks the kinds that came later. */
function filled(filter: Partial<SavedView['filter']>): SavedView['filter'] {
  return { ...everything, ...filter, without: { ...noLists, ...filter.without } };
}
