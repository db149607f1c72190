import type { ExampleRow, SplitName } from '../../../shared/features/datasets/datasets.model.ts';
import type { ReviewDecision, ReviewState } from '../../../shared/features/datasets/review.model.ts';
import type { Db } from '../../core/ports.ts';
import type { Condition } from './filter.sql.ts';
import { pairColumn, type PreviewColumns, previewColumns, readPreviews, readRejected } from './previews.ts';

const sortColumns = {
  position: 'e.position',
  tokens: 'e.tokens',
  findings: `(e.errors + e.mark_errors) * 1000 + MIN(e.infos + e.mark_infos, 29)
     + (e.warnings + e.mark_warnings + (e.duplicate_of IS NOT NULL) + (e.conflicts_with IS NOT NULL)) * 30`,
};
export type SortBy = keyof typeof sortColumns;
const readColumns = { ...sortColumns, content: 'e.content_id' };
/** What can be read of all examples at once. */
export type ColumnName = keyof typeof readColumns;

/** Live examples of a data set as the index lays them out: by split, and by position within each. Parameter: data set. */
const liveBySplit =
  'FROM examples e INDEXED BY examples_by_split WHERE e.dataset = ? AND e.deleted_at IS NULL';

/** A position and an id as one number, which holds positions up to 2²¹ exactly. */
const idRange = 2 ** 32;
const exactPositions = 2 ** 21;

/** Ids of the examples of a data set that meet the conditions, in order of position. */
export function idsMatching(
  db: Db,
  dataset: number,
  conditions: readonly Condition[],
): Uint32Array<ArrayBuffer> {
  const matching = `${liveBySplit}${conditions.map(({ sql }) => ` AND (${sql})`).join('')}`;
  const parameters = [dataset, ...conditions.flatMap((one) => one.parameters)];
  const select = (sql: string): number[] => db.prepare<{ value: number }>(sql).column(...parameters);
  if (isInOneSplit(db, dataset)) return Uint32Array.from(select(`SELECT e.id AS value ${matching}`));
  if (lastPosition(db, dataset) >= exactPositions) {
    return Uint32Array.from(select(`SELECT e.id AS value ${matching} ORDER BY e.position`));
  }
  const places = Float64Array.from(select(`SELECT e.position * ${idRange}.0 + e.id AS value ${matching}`));
  return Uint32Array.from(places.sort(), (place) => place % idRange);
}

/** So many positions are looked at to guess how much of a data set meets some conditions. */
const guessedFrom = 2000;
const mostShare = 0.8;

/** Whether most of a data set seems to meet the conditions, going by its beginning. */
export function areMostMet(db: Db, dataset: number, conditions: readonly Condition[]): boolean {
  const all = conditions.map(({ sql }) => `(${sql})`).join(' AND ');
  const counted = db
    .prepare<{ live: number; met: number }>(
      `SELECT COUNT(*) AS live, COUNT(*) FILTER (WHERE ${all}) AS met
       FROM examples e INDEXED BY examples_by_position
       WHERE e.dataset = ? AND e.position <= ${guessedFrom} AND e.deleted_at IS NULL`,
    )
    .get(...conditions.flatMap(({ parameters }) => parameters), dataset);
  return counted !== undefined && counted.met > counted.live * mostShare;
}

/** Whether all live examples of a data set are in the same split, or in none: then its index has them by position. */
function isInOneSplit(db: Db, dataset: number): boolean {
  const at = (end: 'ASC' | 'DESC'): string | null | undefined =>
    db
      .prepare<{ split: string | null }>(`SELECT e.split ${liveBySplit} ORDER BY e.split ${end} LIMIT 1`)
      .get(dataset)?.split;
  return at('ASC') === at('DESC');
}

function lastPosition(db: Db, dataset: number): number {
  const row = db
    .prepare<{ last: number | null }>('SELECT MAX(position) AS last FROM examples WHERE dataset = ?')
    .get(dataset);
  return row?.last ?? 0;
}

/** Rows of a data set from one position to another, both included; `limit` is the most that are wanted. */
export type PositionRange = {
  readonly dataset: number;
  readonly from: number;
  readonly upTo: number;
  readonly limit: number;
};

/** The first of them in a part of the data set. */
export function firstMatching(
  db: Db,
  { dataset, from, upTo, limit }: PositionRange,
  conditions: readonly Condition[],
): { id: number; position: number; content: number }[] {
  const where = conditions.map(({ sql }) => ` AND (${sql})`).join('');
  // By position, whatever other index fits the conditions: it is left as soon as enough are found.
  return db
    .prepare<{ id: number; position: number; content: number }>(
      `SELECT e.id, e.position, e.content_id AS content FROM examples e INDEXED BY examples_by_position
       WHERE e.dataset = ? AND e.position BETWEEN ? AND ? AND e.deleted_at IS NULL${where}
       ORDER BY e.position LIMIT ${limit}`,
    )
    .all(dataset, from, upTo, ...conditions.flatMap(({ parameters }) => parameters));
}

/** Whether it is known of all live examples up to a position which roles and tools they name. */
export function areNamed(db: Db, dataset: number, upTo: number): boolean {
  const unnamed = db
    .prepare<{ id: number }>(
      `SELECT e.id FROM examples e INDEXED BY examples_by_position
       WHERE e.dataset = ? AND e.position <= ? AND e.deleted_at IS NULL
         AND NOT EXISTS (SELECT 1 FROM content_names n WHERE n.content_id = e.content_id) LIMIT 1`,
    )
    .get(dataset, upTo);
  return unnamed === undefined;
}

/** Of the given contents, the ids of the examples that show them now and meet the conditions, in the order given. */
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

/** A few ids in order of position. */
export function byPosition(db: Db, ids: readonly number[]): number[] {
  return db
    .prepare<{ id: number }>(
      'SELECT e.id FROM json_each(?) AS wanted CROSS JOIN examples e ON e.id = wanted.value ORDER BY e.position',
    )
    .column(JSON.stringify(ids));
}

/** One number of each live example of a data set, in order of position: what they are ordered by, or their content. */
export function readColumn(db: Db, dataset: number, name: ColumnName): number[] {
  const select = `SELECT ${readColumns[name]} AS value`;
  const sql = isInOneSplit(db, dataset)
    ? `${select} ${liveBySplit}`
    : `${select} FROM examples e WHERE e.dataset = ? AND e.deleted_at IS NULL ORDER BY e.position`;
  return db.prepare<{ value: number }>(sql).column(dataset);
}

/** Highest position of a data set and how many of its examples are deleted. */
export function extentOf(db: Db, dataset: number): { last: number; deleted: number } {
  const last = lastPosition(db, dataset);
  const live = db
    .prepare<{ live: number }>(
      'SELECT COUNT(*) AS live FROM examples WHERE dataset = ? AND deleted_at IS NULL',
    )
    .get(dataset);
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
  approvals: number;
  rejections: number;
  required: number;
  pair: Uint8Array | null;
  decisions: string | null;
  open_comments: number;
};

const gridColumns = `e.id, e.position, e.line, e.split, e.tokens, e.message_count, c.has_tools, e.has_images,
  ${previewColumns}, ${pairColumn}, e.label,
  e.errors + e.mark_errors AS errors, e.infos + e.mark_infos AS infos, e.is_edited, e.deleted_at,
  e.warnings + e.mark_warnings + (e.duplicate_of IS NOT NULL) + (e.conflicts_with IS NOT NULL) AS warnings,
  (SELECT json_group_array(t.tag) FROM example_tags t WHERE t.example_id = e.id) AS tags,
  e.approvals, e.rejections, (SELECT d.required_approvals FROM datasets d WHERE d.key = e.dataset) AS required,
  CASE WHEN e.approvals + e.rejections > 0 THEN
    (SELECT json_group_array(json_object('reviewer', r.reviewer, 'decision', r.decision)) FROM review_decisions r
     WHERE r.example_id = e.id AND r.content_id = e.content_id) END AS decisions,
  (SELECT COUNT(*) FROM example_comments k
   WHERE k.example_id = e.id AND k.is_hidden = 0 AND k.is_resolved = 0) AS open_comments`;

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
    rejected: readRejected(row.pair),
    label: row.label,
    findings: { error: row.errors, warning: row.warnings, info: row.infos },
    tags: JSON.parse(row.tags ?? '[]') as string[],
    isEdited: row.is_edited === 1,
    isDeleted: row.deleted_at !== null,
    status: stateOf(row),
    approvals: row.approvals,
    rejections: row.rejections,
    decisions: JSON.parse(row.decisions ?? '[]') as ReviewDecision[],
    openComments: row.open_comments,
  };
}

/** One rejection rejects; without any, enough approvals approve. */
export function stateOf(row: { approvals: number; rejections: number; required: number }): ReviewState {
  if (row.rejections > 0) return 'rejected';
  return row.approvals >= row.required ? 'approved' : 'draft';
}
