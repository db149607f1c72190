import {
  type Dataset,
  type Method,
  type SplitName,
  splitRecipe,
} from '../../../shared/features/datasets/datasets.model.ts';
import type { Db } from '../../core/ports.ts';

/** A data set's own row. */
export type DatasetRow = {
  key: number;
  id: string;
  name: string;
  is_demo: number;
  method: Method;
  grader: string | null;
  source_name: string;
  source_sha256: string;
  source_bytes: number;
  line_count: number;
  quarantined_count: number;
  first_content_id: number;
  last_content_id: number;
  split_recipe: string | null;
  import_state: 'reading' | 'ready';
  imported_parts: number;
  imported_lines: number;
  revision: number;
  created_at: number;
  required_approvals: number;
  is_review_required: number;
  deleted_at: number | null;
};

export type NewDataset = {
  readonly id: string;
  readonly name: string;
  readonly isDemo: boolean;
  readonly method: Method;
  readonly sourceName: string;
  readonly sourceSha256: string;
  readonly sourceBytes: number;
  readonly lineCount: number;
  readonly quarantinedCount: number;
  readonly firstContentId: number;
  readonly at: number;
};

/** Writes the row of a data set that does not show before its import is finished; answers its key. */
export function insertDataset(db: Db, one: NewDataset): number {
  const { lastInsertRowid } = db
    .prepare(
      `INSERT INTO datasets (id, name, is_demo, method, source_name, source_sha256, source_bytes, line_count, quarantined_count,
                             first_content_id, created_at, import_state)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'reading')`,
    )
    .run(
      one.id,
      one.name,
      one.isDemo ? 1 : 0,
      one.method,
      one.sourceName,
      one.sourceSha256,
      one.sourceBytes,
      one.lineCount,
      one.quarantinedCount,
      one.firstContentId,
      one.at,
    );
  return Number(lastInsertRowid);
}

/** A data set by its id, also a deleted one and one that is still being read. */
export function findDataset(db: Db, id: string): DatasetRow | undefined {
  return db.prepare<DatasetRow>('SELECT * FROM datasets WHERE id = ?').get(id);
}

/** Data sets that are not deleted, newest first. */
export function listDatasets(db: Db): DatasetRow[] {
  return db
    .prepare<DatasetRow>(
      "SELECT * FROM datasets WHERE deleted_at IS NULL AND import_state = 'ready' ORDER BY created_at DESC, key DESC",
    )
    .all();
}

/** The newest data set made from the very same file that is not deleted. */
export function findBySource(db: Db, sha256: string): DatasetRow | undefined {
  return db
    .prepare<DatasetRow>(
      `SELECT * FROM datasets WHERE source_sha256 = ? AND deleted_at IS NULL AND import_state = 'ready'
       ORDER BY key DESC LIMIT 1`,
    )
    .get(sha256);
}

/** Marks that examples of a data set changed, so that what was worked out from them is worked out again. */
export function touchDataset(db: Db, key: number): void {
  db.prepare('UPDATE datasets SET revision = revision + 1 WHERE key = ?').run(key);
}

type CountRow = {
  split: SplitName | null;
  examples: number;
  tokens: number;
  edited: number;
  errors: number;
  warnings: number;
  infos: number;
  withImages: number;
};

export type DatasetCounts = Pick<
  Dataset,
  'exampleCount' | 'editedCount' | 'tokenTotal' | 'splitCounts' | 'findingCounts' | 'reviewCounts'
> & {
  /** Examples with pictures. */
  readonly withImages: number;
};

/** Counts over the examples that are not deleted, from indexes alone. */
export function countExamples(
  db: Db,
  { key, required_approvals: required }: Pick<DatasetRow, 'key' | 'required_approvals'>,
): DatasetCounts {
  const rows = db
    .prepare<CountRow>(
      `SELECT split, COUNT(*) AS examples, SUM(tokens) AS tokens, SUM(is_edited) AS edited,
              SUM(errors) AS errors, SUM(infos) AS infos, SUM(has_images) AS withImages,
              SUM(warnings) + COUNT(duplicate_of) + COUNT(conflicts_with) AS warnings
       FROM examples WHERE dataset = ? AND deleted_at IS NULL GROUP BY split`,
    )
    .all(key);
  const marks = db
    .prepare<{ errors: number | null; warnings: number | null; infos: number | null }>(
      `SELECT SUM(mark_errors) AS errors, SUM(mark_warnings) AS warnings, SUM(mark_infos) AS infos FROM examples
       WHERE dataset = ? AND deleted_at IS NULL AND mark_errors + mark_warnings + mark_infos > 0`,
    )
    .get(key);
  const reviewed = db
    .prepare<{ approved: number | null; rejected: number | null }>(
      `SELECT SUM(rejections = 0 AND approvals >= ?) AS approved, SUM(rejections > 0) AS rejected FROM examples
       WHERE dataset = ? AND deleted_at IS NULL AND approvals + rejections > 0`,
    )
    .get(required, key);
  const approved = reviewed?.approved ?? 0;
  const rejected = reviewed?.rejected ?? 0;
  const sum = (
    field: 'examples' | 'tokens' | 'edited' | 'errors' | 'warnings' | 'infos' | 'withImages',
  ): number => rows.reduce((total, row) => total + row[field], 0);
  const inSplit = (split: SplitName | null): number => rows.find((row) => row.split === split)?.examples ?? 0;
  return {
    exampleCount: sum('examples'),
    withImages: sum('withImages'),
    editedCount: sum('edited'),
    tokenTotal: sum('tokens'),
    splitCounts: {
      train: inSplit('train'),
      validation: inSplit('validation'),
      test: inSplit('test'),
      unassigned: inSplit(null),
    },
    reviewCounts: { draft: sum('examples') - approved - rejected, approved, rejected },
    findingCounts: {
      error: sum('errors') + (marks?.errors ?? 0),
      warning: sum('warnings') + (marks?.warnings ?? 0),
      info: sum('infos') + (marks?.infos ?? 0),
    },
  };
}

/** A data set as the contract shows it. */
export function toDataset(
  row: DatasetRow,
  { isSearchable, isCompared, ...counts }: DatasetCounts & { isSearchable: boolean; isCompared: boolean },
): Dataset {
  const { withImages: _ofFindings, ...shown } = counts;
  return {
    datasetId: row.id,
    name: row.name,
    isDemo: row.is_demo === 1,
    isSearchable,
    isCompared,
    method: row.method,
    sourceName: row.source_name,
    sourceSha256: row.source_sha256,
    sourceBytes: row.source_bytes,
    createdAt: row.created_at,
    requiredApprovals: row.required_approvals,
    isReviewRequired: row.is_review_required === 1,
    lineCount: row.line_count,
    quarantinedCount: row.quarantined_count,
    splitRecipe: row.split_recipe === null ? null : splitRecipe.parse(JSON.parse(row.split_recipe)),
    ...shown,
  };
}

type QuarantineRow = { line: number; byte_offset: number; code: string; message: string; raw: Uint8Array };

/** Quarantined lines after a line number. */
export function quarantinePage(
  db: Db,
  key: number,
  page: { afterLine: number; limit: number },
): QuarantineRow[] {
  return db
    .prepare<QuarantineRow>(
      `SELECT line, byte_offset, code, message, raw FROM quarantined_lines
       WHERE dataset = ? AND line > ? ORDER BY line LIMIT ?`,
    )
    .all(key, page.afterLine, page.limit);
}
