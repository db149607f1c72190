import {
  type Agreement,
  cohen,
  fleiss,
  type PairCounts,
} from '../../../shared/features/datasets/review.rules.ts';
import type { Db, DbAddress } from '../../core/ports.ts';
import type { DatasetWorkerParts } from './import.job.ts';
import { requireDataset } from './reader.ts';

export type AgreementInput = { readonly store: DbAddress; readonly datasetId: string };

/** How far reviewers agree about the present contents of the live examples. Job `datasets.agreement`. */
export function createAgreementJob(parts: Pick<DatasetWorkerParts, 'openStore'>) {
  return async ({ store, datasetId }: AgreementInput): Promise<Agreement> => {
    const db = parts.openStore(store);
    try {
      const { key } = requireDataset(db, datasetId);
      const pairs = pairCounts(db, key).map(({ reviewers, counts }) => ({ reviewers, ...cohen(counts) }));
      return { pairs, all: agreementOfAll(db, key) };
    } finally {
      db.close();
    }
  };
}

type PairRow = { a: string; b: string } & PairCounts;

function pairCounts(db: Db, key: number): { reviewers: [string, string]; counts: PairCounts }[] {
  return db
    .prepare<PairRow>(
      `SELECT one.reviewer AS a, two.reviewer AS b,
              SUM(one.decision = 'approved' AND two.decision = 'approved') AS both,
              SUM(one.decision = 'approved' AND two.decision = 'rejected') AS onlyFirst,
              SUM(one.decision = 'rejected' AND two.decision = 'approved') AS onlySecond,
              SUM(one.decision = 'rejected' AND two.decision = 'rejected') AS none
       FROM review_decisions one
       JOIN review_decisions two ON two.example_id = one.example_id AND two.content_id = one.content_id
                                AND two.reviewer > one.reviewer
       JOIN examples e ON e.id = one.example_id AND e.content_id = one.content_id AND e.deleted_at IS NULL
       WHERE one.dataset = ? GROUP BY one.reviewer, two.reviewer ORDER BY one.reviewer, two.reviewer`,
    )
    .all(key)
    .map(({ a, b, ...counts }) => ({ reviewers: [a, b], counts }));
}

function agreementOfAll(db: Db, key: number): Agreement['all'] {
  const reviewers =
    db
      .prepare<{ count: number }>(
        'SELECT COUNT(DISTINCT reviewer) AS count FROM review_decisions WHERE dataset = ?',
      )
      .get(key)?.count ?? 0;
  if (reviewers < 3) return null;
  const items = db
    .prepare<{ approvals: number; count: number }>(
      `SELECT approvals, COUNT(*) AS count FROM examples
       WHERE dataset = ? AND deleted_at IS NULL AND approvals + rejections > 0 AND approvals + rejections = ?
       GROUP BY approvals`,
    )
    .all(key, reviewers);
  return { reviewers, ...fleiss(reviewers, items) };
}
