import { v7 as uuidv7 } from 'uuid';
import type { datasetsContract } from '../../../shared/features/datasets/datasets.contract.ts';
import type { Dataset } from '../../../shared/features/datasets/datasets.model.ts';
import type { ExampleComment } from '../../../shared/features/datasets/review.model.ts';
import type { Agreement } from '../../../shared/features/datasets/review.rules.ts';
import { AppFailure } from '../../../shared/failures.ts';
import type { NewEvent } from '../../core/event-log.ts';
import type { Handlers } from '../../core/handlers.ts';
import type { Kit } from '../../core/kit.ts';
import type { Db } from '../../core/ports.ts';
import type { AgreementInput } from './agreement.job.ts';
import { detailOf } from './detail.ts';
import { requireDataset } from './reader.ts';
import { reviewOperations } from './review-operations.ts';
import { savedViewsOf } from './review.sql.ts';

type ReviewHandlers = Pick<
  Handlers<typeof datasetsContract>,
  | 'requireApprovals'
  | 'agreement'
  | 'addComment'
  | 'resolveComment'
  | 'deleteComment'
  | 'savedViews'
  | 'saveView'
  | 'deleteSavedView'
>;

type CommentRow = { datasetId: string; position: number; isResolved: number };

function requireComment(db: Db, commentId: string): CommentRow {
  const row = db
    .prepare<CommentRow>(
      `SELECT d.id AS datasetId, e.position, k.is_resolved AS isResolved FROM example_comments k
       JOIN examples e ON e.id = k.example_id JOIN datasets d ON d.key = k.dataset
       WHERE k.id = ? AND k.is_hidden = 0`,
    )
    .get(commentId);
  if (row) return row;
  throw new AppFailure('EXAMPLE_NOT_FOUND', {
    what: 'This comment is not there any more.',
    todo: 'Open the example again.',
    retry: 'never',
  });
}

/** Approvals, comments and saved filters; every change is one event that can be undone. */
export function createReviewHandlers(kit: Kit): ReviewHandlers {
  const change = async (make: (db: Db) => Omit<NewEvent, 'feature'> | null): Promise<void> => {
    await kit.workspace.require().write((db) => {
      const event = make(db);
      if (event) kit.events.run(db, { feature: 'datasets', ...event });
    });
    kit.changes.emit('datasets');
  };
  return {
    async requireApprovals({ datasetId, count, isReviewRequired }) {
      await change((db) => {
        const before = requireDataset(db, datasetId);
        return {
          kind: 'datasets.approvals-required',
          label: `require ${count} approval${count === 1 ? '' : 's'}`,
          forward: reviewOperations.requireApprovals({ datasetId, count, isReviewRequired }),
          inverse: reviewOperations.requireApprovals({
            datasetId,
            count: before.required_approvals,
            isReviewRequired: before.is_review_required === 1,
          }),
        };
      });
      return {};
    },
    agreement({ datasetId }) {
      const session = kit.workspace.require();
      requireDataset(session.db, datasetId);
      const input: AgreementInput = { store: session.address, datasetId };
      return kit.workers.run<Agreement>('datasets.agreement', input);
    },
    ...createCommentHandlers(kit, change),
    ...createSavedViewHandlers(kit, change),
  };
}

type Change = (make: (db: Db) => Omit<NewEvent, 'feature'> | null) => Promise<void>;

function createCommentHandlers(
  kit: Kit,
  change: Change,
): Pick<ReviewHandlers, 'addComment' | 'resolveComment' | 'deleteComment'> {
  return {
    async addComment({ exampleId, pointer, reviewer, body }) {
      const commentId = uuidv7();
      const at = kit.clock.now();
      await change((db) => {
        const { datasetId, row } = detailOf(db, exampleId);
        // The text lies beside the log: an event names the comment and never says what it says.
        db.prepare(
          `INSERT INTO example_comments (id, example_id, dataset, pointer, reviewer, body, created_at, is_resolved, is_hidden)
           VALUES (?, ?, ?, ?, ?, ?, ?, 0, 1)`,
        ).run(commentId, exampleId, requireDataset(db, datasetId).key, pointer, reviewer, body, at);
        return {
          kind: 'datasets.comment-added',
          label: `comment on example ${row.position}`,
          forward: reviewOperations.showComment(datasetId, commentId, true),
          inverse: reviewOperations.showComment(datasetId, commentId, false),
        };
      });
      const comment: ExampleComment = { commentId, pointer, reviewer, body, at, isResolved: false };
      return comment;
    },
    async resolveComment({ commentId, isResolved }) {
      await change((db) => {
        const before = requireComment(db, commentId);
        if ((before.isResolved === 1) === isResolved) return null;
        return {
          kind: isResolved ? 'datasets.comment-resolved' : 'datasets.comment-reopened',
          label: `${isResolved ? 'resolve' : 'reopen'} a comment on example ${before.position}`,
          forward: reviewOperations.resolveComment(before.datasetId, commentId, isResolved),
          inverse: reviewOperations.resolveComment(before.datasetId, commentId, !isResolved),
        };
      });
      return {};
    },
    async deleteComment({ commentId }) {
      await change((db) => {
        const { datasetId, position } = requireComment(db, commentId);
        return {
          kind: 'datasets.comment-deleted',
          label: `delete a comment on example ${position}`,
          forward: reviewOperations.showComment(datasetId, commentId, false),
          inverse: reviewOperations.showComment(datasetId, commentId, true),
        };
      });
      return {};
    },
  };
}

function createSavedViewHandlers(
  kit: Kit,
  change: Change,
): Pick<ReviewHandlers, 'savedViews' | 'saveView' | 'deleteSavedView'> {
  return {
    savedViews({ datasetId }) {
      const { db } = kit.workspace.require();
      return savedViewsOf(db, requireDataset(db, datasetId).key);
    },
    async saveView({ datasetId, name, isForAll, filter, order }) {
      const savedViewId = uuidv7();
      await change((db) => {
        const { key } = requireDataset(db, datasetId);
        const replaced = savedViewsOf(db, key)
          .filter((one) => one.name === name && one.isForAll === isForAll)
          .map((one) => one.savedViewId);
        db.prepare(
          `INSERT INTO saved_views (id, dataset, name, filter, sort, created_at, is_hidden)
           VALUES (?, ?, ?, ?, ?, ?, 1)`,
        ).run(
          savedViewId,
          isForAll ? null : key,
          name,
          JSON.stringify(filter),
          JSON.stringify(order),
          kit.clock.now(),
        );
        return {
          kind: 'datasets.view-saved',
          label: replaced.length > 0 ? 'replace a saved view' : 'save a view',
          forward: reviewOperations.showViews([savedViewId], replaced),
          inverse: reviewOperations.showViews(replaced, [savedViewId]),
        };
      });
      return { savedViewId };
    },
    async deleteSavedView({ savedViewId }) {
      await change(() => ({
        kind: 'datasets.view-deleted',
        label: 'delete a saved view',
        forward: reviewOperations.showViews([], [savedViewId]),
        inverse: reviewOperations.showViews([savedViewId], []),
      }));
      return {};
    },
  };
}

/** Why a data set may not be frozen yet, because examples lack approvals it asks for; null when it may. */
export type ReviewBlock = (datasetId: string) => { what: string; todo: string } | null;

/** Looks whether every example has the approvals that a data set asks for. */
export function createReviewBlock(kit: Kit, summaryOf: (db: Db, datasetId: string) => Dataset): ReviewBlock {
  return (datasetId) => {
    const { isReviewRequired, requiredApprovals, reviewCounts } = summaryOf(
      kit.workspace.require().db,
      datasetId,
    );
    const open = reviewCounts.draft + reviewCounts.rejected;
    if (!isReviewRequired || open === 0) return null;
    const needed = requiredApprovals === 1 ? 'an approval' : `${requiredApprovals} approvals`;
    return {
      what: `${open} of the examples have not got ${needed} (${reviewCounts.rejected} rejected).`,
      todo: 'Review them, delete the rejected ones, or stop asking for approvals in the review settings.',
    };
  };
}
