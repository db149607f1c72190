import type { CodeCount, ReadinessFacts } from '../../../shared/features/quality/readiness.model.ts';
import type { Db, DbAddress } from '../../core/ports.ts';
import { countExamples, type DatasetRow, findDataset } from './datasets.sql.ts';
import type { DatasetWorkerParts } from './import.job.ts';
import { findLook, lookState } from './look-state.sql.ts';

export type ReadinessJobInput = { readonly store: DbAddress; readonly datasetId: string };

/** Counts what a data set's readiness is worked out from. Job `datasets.readiness`. */
export function createReadinessJob(parts: Pick<DatasetWorkerParts, 'openStore'>) {
  return async ({ store, datasetId }: ReadinessJobInput): Promise<ReadinessFacts> => {
    const db = parts.openStore(store);
    try {
      const row = findDataset(db, datasetId);
      if (!row) throw new Error(`no data set ${datasetId}`);
      return factsOf(db, row);
    } finally {
      db.close();
    }
  };
}

function factsOf(db: Db, row: DatasetRow): ReadinessFacts {
  const counts = countExamples(db, row);
  const images = imageCounts(db, row.key);
  const look = findLook(db, row.key);
  const isFresh = look !== undefined && look.state === lookState(db, row);
  return {
    datasetId: row.id,
    name: row.name,
    method: row.method,
    exampleCount: counts.exampleCount,
    quarantinedCount: row.quarantined_count,
    sourceBytes: row.source_bytes,
    tokenTotal: counts.tokenTotal,
    ...extremes(db, row.key),
    withImages: images.reduce((sum, one) => sum + one.examples, 0),
    imageCounts: images,
    splits: counts.splitCounts,
    findings: findingCounts(db, row.key),
    marks: markCounts(db, row.key),
    look: look === undefined ? 'never' : isFresh ? 'fresh' : 'stale',
    whole: isFresh ? (JSON.parse(look.whole) as ReadinessFacts['whole']) : [],
    grader: row.grader === null ? null : (JSON.parse(row.grader) as unknown),
  };
}

function extremes(
  db: Db,
  dataset: number,
): Pick<ReadinessFacts, 'longestTokens' | 'duplicates' | 'conflicts'> {
  const row = db
    .prepare<{ longest: number | null; duplicates: number; conflicts: number }>(
      `SELECT MAX(tokens) AS longest, COUNT(duplicate_of) AS duplicates, COUNT(conflicts_with) AS conflicts
       FROM examples WHERE dataset = ? AND deleted_at IS NULL`,
    )
    .get(dataset);
  return {
    longestTokens: row?.longest ?? 0,
    duplicates: row?.duplicates ?? 0,
    conflicts: row?.conflicts ?? 0,
  };
}

function imageCounts(db: Db, dataset: number): { images: number; examples: number }[] {
  return db
    .prepare<{ images: number; examples: number }>(
      `SELECT json_array_length(c.images) AS images, COUNT(*) AS examples
       FROM examples e JOIN contents c ON c.id = e.content_id
       WHERE e.dataset = ? AND e.deleted_at IS NULL AND e.has_images = 1 GROUP BY 1 ORDER BY 1`,
    )
    .all(dataset);
}

type Counted = { code: string; severity: CodeCount['severity']; examples: number; fixable: number };

function findingCounts(db: Db, dataset: number): CodeCount[] {
  return db
    .prepare<Counted>(
      `SELECT f.code, f.severity, COUNT(DISTINCT e.id) AS examples, MAX(f.fix_kind IS NOT NULL) AS fixable
       FROM examples e JOIN findings f ON f.content_id = e.content_id
       WHERE e.dataset = ? AND e.deleted_at IS NULL AND e.errors + e.warnings + e.infos > 0
       GROUP BY f.code, f.severity ORDER BY f.code`,
    )
    .all(dataset)
    .map(({ fixable, ...one }) => ({ ...one, isFixable: fixable === 1 }));
}

function markCounts(db: Db, dataset: number): (CodeCount & { source: string })[] {
  return db
    .prepare<Omit<Counted, 'fixable'> & { source: string }>(
      `SELECT m.source, m.code, m.severity, COUNT(DISTINCT e.id) AS examples
       FROM example_marks m JOIN examples e ON e.id = m.example_id
       WHERE m.dataset = ? AND e.deleted_at IS NULL GROUP BY m.source, m.code, m.severity ORDER BY m.source, m.code`,
    )
    .all(dataset)
    .map(({ source, code, severity, examples }) => ({ source, code, severity, examples, isFixable: false }));
}
