import type { Dispute, TrustReport } from '../../../shared/features/preferences/trust.model.ts';
import type { Db, DbAddress } from '../../core/ports.ts';
import { type CheckedBefore, type CheckParts, createAnswerChecks } from './answer-checks.ts';
import { requireSet, type SetRow, settingsOf } from './sets.sql.ts';
import { agreementOf } from './trust-agreement.ts';
import { consistencyOf, lengthOf, positionOf, speedOf } from './trust-bias.ts';
import { logicOf } from './trust-logic.ts';
import { strengthsOf } from './trust-strengths.ts';
import { createTexts, disputesOf, type GivenRow, givenRows } from './trust.sql.ts';

/** What the job needs from outside; wired in create-worker.ts. */
export type TrustParts = CheckParts & {
  openStore(address: DbAddress, options?: { readonly?: boolean }): Db;
};
export type TrustInput = {
  readonly store: DbAddress;
  readonly setId: string;
  readonly checked: CheckedBefore;
};
/** A report, and the revision of the set that it is about. */
export type TrustResult = {
  readonly revision: number;
  readonly report: TrustReport;
  /** For the next report. */
  readonly checked: CheckedBefore;
};

const mostDisputes = 100;

/** Works out how far the verdicts of a set can be trusted, from one state of the store. Job `preferences.trust`. */
export function createTrustJob(parts: TrustParts) {
  return async ({ store, setId, checked }: TrustInput): Promise<TrustResult> => {
    const db = parts.openStore(store, { readonly: true });
    try {
      return db.transaction(() => {
        const set = requireSet(db, setId);
        return { revision: set.revision, ...reportOf(db, set, { parts, checked }) };
      });
    } finally {
      db.close();
    }
  };
}

function reportOf(
  db: Db,
  set: SetRow,
  { parts, checked }: { parts: CheckParts; checked: CheckedBefore },
): Omit<TrustResult, 'revision'> {
  const { kind } = set;
  const rows = givenRows(db, set.key);
  const reviewed = rows.filter(({ role }) => role === 'reviewer');
  const reviewers = [...new Set(reviewed.map(({ reviewer }) => reviewer))].toSorted();
  const texts = createTexts(db);
  const { isBlind, seed } = settingsOf(set);
  const isHidden = isBlind && set.closed_at === null && set.unblinded_at === null;
  const isPairs = kind === 'pairs';
  const found = isPairs
    ? logicOf(set, rows, { db, texts, check: createAnswerChecks(parts), before: checked })
    : { logic: null, checked };
  const report: TrustReport = {
    verdicts: rows.length,
    reviewers,
    agreement: agreementOf(kind, rows, { reviewers, seed }),
    consistency: consistencyOf(kind, reviewed, reviewers),
    position: isPairs ? positionOf(reviewed, reviewers) : [],
    length: isPairs ? lengthOf(reviewed, reviewers) : [],
    speed: speedOf(reviewed, reviewers, texts),
    logic: found.logic,
    strengths: isHidden
      ? { state: 'hidden' }
      : isPairs
        ? strengthsOf(db, reviewed, texts)
        : { state: 'none', why: 'ratings' },
    disputes: disputed(db, set, rows),
  };
  return { report, checked: found.checked };
}

function disputed(db: Db, set: SetRow, rows: readonly GivenRow[]): TrustReport['disputes'] {
  const { open, settled, first } = disputesOf(db, set.key, mostDisputes);
  const byPair = Map.groupBy(rows, (row) => row.first);
  return {
    open,
    settled,
    first: first.map(
      (pair): Dispute => ({
        ...pair,
        reviewers: [...new Set((byPair.get(pair.pairId) ?? []).map(({ reviewer }) => reviewer))].toSorted(),
      }),
    ),
  };
}
