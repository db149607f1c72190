import type { Comparison } from '../../../shared/features/quality/quality.model.ts';
import type { Db } from '../../core/ports.ts';
import { findProfile } from './quality.sql.ts';

type ComparisonRow = {
  examples: number;
  exact_groups: number;
  near_groups: number;
  compared_at: number;
};

/** What the look for duplicates after an import found. */
export function findComparison(db: Db, datasetId: string): Comparison | null {
  const row = db
    .prepare<ComparisonRow>('SELECT * FROM quality_comparisons WHERE dataset_id = ?')
    .get(datasetId);
  if (!row) return null;
  const { examples, exact_groups, near_groups, compared_at } = row;
  return { examples, exactGroups: exact_groups, nearGroups: near_groups, comparedAt: compared_at };
}

/** Writes down what was found; answers whether its groups may be written too: those of an analysis know more. */
export function beginGroups(db: Db, datasetId: string, found: Comparison): boolean {
  db.prepare('INSERT OR REPLACE INTO quality_comparisons VALUES (?, ?, ?, ?, ?)').run(
    datasetId,
    found.examples,
    found.exactGroups,
    found.nearGroups,
    found.comparedAt,
  );
  if (findProfile(db, datasetId)) return false;
  for (const table of ['quality_group_members', 'quality_groups']) {
    db.prepare(`DELETE FROM ${table} WHERE dataset_id = ?`).run(datasetId);
  }
  return true;
}

/** Whether near duplicates were looked for in a data set, after its import or by an analysis. */
export function isCompared(db: Db, datasetId: string): boolean {
  const sql = `SELECT EXISTS (SELECT 1 FROM quality_comparisons WHERE dataset_id = ?)
                   OR EXISTS (SELECT 1 FROM quality_profiles WHERE dataset_id = ?) AS found`;
  return db.prepare<{ found: number }>(sql).get(datasetId, datasetId)?.found === 1;
}
