import type {
  ExampleFilter,
  ExampleRow,
  SplitName,
} from '../../../shared/features/datasets/datasets.model.ts';
import type { Db, SqlValue } from '../../core/ports.ts';
import { type PreviewColumns, previewColumns, readPreviews } from './previews.ts';

/** A condition on `examples e` with its parameters. */
export type Condition = { readonly sql: string; readonly parameters: readonly SqlValue[] };

/** The parts of a filter that are conditions on an example's row; the full-text part is not among them. */
export function conditionsOf(filter: ExampleFilter): Condition[] {
  const conditions: Condition[] = [];
  const add = (sql: string, ...parameters: SqlValue[]): void => void conditions.push({ sql, parameters });
  const { codes, severities, splits, tags, labels, tokens, messages, isEdited } = filter;
  if (codes.length > 0) conditions.push(codeCondition(codes));
  if (severities.length > 0) add(severities.map((severity) => severityColumns[severity]).join(' OR '));
  if (splits.length > 0) {
    add("COALESCE(e.split, 'unassigned') IN (SELECT value FROM json_each(?))", JSON.stringify(splits));
  }
  if (tags.length > 0) {
    add(
      'EXISTS (SELECT 1 FROM example_tags t WHERE t.example_id = e.id AND t.tag IN (SELECT value FROM json_each(?)))',
      JSON.stringify(tags),
    );
  }
  if (labels.length > 0) add('e.label IN (SELECT value FROM json_each(?))', JSON.stringify(labels));
  if (tokens.min !== null) add('e.tokens >= ?', tokens.min);
  if (tokens.max !== null) add('e.tokens <= ?', tokens.max);
  if (messages.min !== null) add('e.message_count >= ?', messages.min);
  if (messages.max !== null) add('e.message_count <= ?', messages.max);
  if (isEdited !== null) add('e.is_edited = ?', isEdited ? 1 : 0);
  return conditions;
}

const severityColumns = {
  error: 'e.errors > 0 OR e.mark_errors > 0',
  warning:
    'e.warnings > 0 OR e.mark_warnings > 0 OR e.duplicate_of IS NOT NULL OR e.conflicts_with IS NOT NULL',
  info: 'e.infos > 0 OR e.mark_infos > 0',
};

function codeCondition(codes: readonly string[]): Condition {
  const parts = [
    'EXISTS (SELECT 1 FROM findings f WHERE f.content_id = e.content_id AND f.code IN (SELECT value FROM json_each(?)))',
    `e.mark_errors + e.mark_warnings + e.mark_infos > 0 AND EXISTS (
       SELECT 1 FROM example_marks m WHERE m.example_id = e.id AND m.code IN (SELECT value FROM json_each(?)))`,
  ];
  if (codes.includes('exact_duplicate')) parts.push('e.duplicate_of IS NOT NULL');
  if (codes.includes('conflicting_answers')) parts.push('e.conflicts_with IS NOT NULL');
  const list = JSON.stringify(codes);
  return { sql: parts.join(' OR '), parameters: [list, list] };
}

const sortColumns = {
  position: 'e.position',
  tokens: 'e.tokens',
  findings: `(e.errors + e.mark_errors) * 1000 + MIN(e.infos + e.mark_infos, 29)
     + (e.warnings + e.mark_warnings + (e.duplicate_of IS NOT NULL) + (e.conflicts_with IS NOT NULL)) * 30`,
};
export type SortBy = keyof typeof sortColumns;

/** Ids of the examples of a data set that meet the conditions, in order of position. */
export function idsMatching(db: Db, dataset: number, conditions: readonly Condition[]): number[] {
  const where = conditions.map(({ sql }) => ` AND (${sql})`).join('');
  return db
    .prepare<{ id: number }>(
      `SELECT e.id FROM examples e WHERE e.dataset = ? AND e.deleted_at IS NULL${where} ORDER BY e.position`,
    )
    .column(dataset, ...conditions.flatMap(({ parameters }) => parameters));
}

/** Of the given contents, the ids of the examples that show them now and meet the conditions. */
export function idsShowing(
  db: Db,
  from: { dataset: number; contentIds: readonly number[] },
  conditions: readonly Condition[],
): number[] {
  const where = conditions.map(({ sql }) => ` AND (${sql})`).join('');
  return db
    .prepare<{ id: number }>(
      `SELECT e.id FROM json_each(?) AS wanted CROSS JOIN examples e ON e.content_id = wanted.value
       WHERE e.dataset = ? AND e.deleted_at IS NULL${where}`,
    )
    .column(
      JSON.stringify(from.contentIds),
      from.dataset,
      ...conditions.flatMap(({ parameters }) => parameters),
    );
}

/** What examples are ordered by, for all live ones of a data set in order of position. */
export function sortKeys(db: Db, dataset: number, by: SortBy): number[] {
  return db
    .prepare<{ sort: number }>(
      `SELECT ${sortColumns[by]} AS sort FROM examples e WHERE e.dataset = ? AND e.deleted_at IS NULL ORDER BY e.position`,
    )
    .column(dataset);
}

/** Highest position of a data set and how many of its examples are deleted. */
export function extentOf(db: Db, dataset: number): { last: number; deleted: number } {
  const row = db
    .prepare<{ last: number | null }>('SELECT MAX(position) AS last FROM examples WHERE dataset = ?')
    .get(dataset);
  const live = db
    .prepare<{ live: number }>(
      'SELECT COUNT(*) AS live FROM examples WHERE dataset = ? AND deleted_at IS NULL',
    )
    .get(dataset);
  const last = row?.last ?? 0;
  return { last, deleted: last - (live?.live ?? 0) };
}

type GridRow = PreviewColumns & {
  id: number;
  position: number;
  line: number;
  split: SplitName | null;
  tokens: number;
  message_count: number;
  has_tools: number;
  has_images: number;
  label: string | null;
  errors: number;
  warnings: number;
  infos: number;
  tags: string | null;
  is_edited: number;
  deleted_at: number | null;
};

const gridColumns = `e.id, e.position, e.line, e.split, e.tokens, e.message_count, c.has_tools, e.has_images,
  ${previewColumns}, e.label,
  e.errors + e.mark_errors AS errors, e.infos + e.mark_infos AS infos, e.is_edited, e.deleted_at,
  e.warnings + e.mark_warnings + (e.duplicate_of IS NOT NULL) + (e.conflicts_with IS NOT NULL) AS warnings,
  (SELECT json_group_array(t.tag) FROM example_tags t WHERE t.example_id = e.id) AS tags`;

/** Rows of the grid for the given ids, in their order. */
export function rowsById(db: Db, ids: readonly number[]): ExampleRow[] {
  return db
    .prepare<GridRow>(
      `SELECT ${gridColumns} FROM json_each(?) AS wanted
       CROSS JOIN examples e ON e.id = wanted.value JOIN contents c ON c.id = e.content_id ORDER BY wanted.key`,
    )
    .all(JSON.stringify(ids))
    .map(toExampleRow);
}

/** Rows of the grid after a position, in order of position: no row before it is looked at. */
export function rowsAfter(db: Db, dataset: number, page: { position: number; limit: number }): ExampleRow[] {
  return db
    .prepare<GridRow>(
      `SELECT ${gridColumns} FROM examples e JOIN contents c ON c.id = e.content_id
       WHERE e.dataset = ? AND e.position > ? ORDER BY e.position LIMIT ?`,
    )
    .all(dataset, page.position, page.limit)
    .map(toExampleRow);
}

function toExampleRow(row: GridRow): ExampleRow {
  const { prompt, answer } = readPreviews(row);
  return {
    exampleId: row.id,
    position: row.position,
    line: row.line,
    split: row.split,
    tokens: row.tokens,
    messageCount: row.message_count,
    hasTools: row.has_tools === 1,
    hasImages: row.has_images === 1,
    prompt,
    answer,
    label: row.label,
    findings: { error: row.errors, warning: row.warnings, info: row.infos },
    tags: JSON.parse(row.tags ?? '[]') as string[],
    isEdited: row.is_edited === 1,
    isDeleted: row.deleted_at !== null,
  };
}
