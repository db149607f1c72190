import type { Operation } from '../../core/event-log.ts';
import type { Db } from '../../core/ports.ts';
import { type DatasetRow, findDataset, touchDataset } from './datasets.sql.ts';

/*
 * Rows that are added to a data set are imported as a data set of their own that never shows, and then moved. The staged
 * data set stays: while the addition is taken back, it holds the quarantined lines and the counts.
 */

/** An addition: which rows, behind which line, and how many came in. */
export type Appended = {
  readonly datasetId: string;
  readonly stagedId: string;
  readonly afterLine: number;
  readonly lines: number;
  readonly quarantined: number;
  readonly ids: string;
};
type ShowArgs = Appended & {
  /** When the rows were hidden; null shows them. */
  readonly at: number | null;
};
type DeleteExamples = (db: Db, args: { datasetId: string; ids: string; at: number | null }) => void;

/** Shows the rows of an addition (`at` null), or hides them. */
export function showAppended(appended: Appended, at: number | null): Operation {
  return { kind: 'datasets.show-appended', args: { ...appended, at } satisfies ShowArgs };
}

/** Carries out {@link showAppended}. */
export function createShowAppended(deleteExamples: DeleteExamples) {
  return (db: Db, { datasetId, stagedId, afterLine, lines, quarantined, ids, at }: ShowArgs): void => {
    const dataset = findDataset(db, datasetId);
    const staged = findDataset(db, stagedId);
    if (!dataset || !staged) throw new Error(`no data set ${datasetId} or nothing was staged for it`);
    deleteExamples(db, { datasetId, ids, at });
    const counts = { lines, quarantined };
    if (at === null) moveAside(db, { from: staged.key, to: dataset.key, after: 0, by: afterLine, ...counts });
    else moveAside(db, { from: dataset.key, to: staged.key, after: afterLine, by: -afterLine, ...counts });
  };
}

/** Moves all of a staged data set behind another, inside the caller's transaction; answers that one's last line before. */
export function moveStaged(db: Db, staged: DatasetRow, dataset: DatasetRow): number {
  const last = db
    .prepare<{ position: number; line: number; aside: number }>(
      `SELECT COALESCE(MAX(position), 0) AS position, COALESCE(MAX(line), 0) AS line,
         (SELECT COALESCE(MAX(line), 0) FROM quarantined_lines WHERE dataset = ?) AS aside
       FROM examples WHERE dataset = ?`,
    )
    .get(dataset.key, dataset.key) ?? { position: 0, line: 0, aside: 0 };
  const afterLine = Math.max(last.line, last.aside, dataset.imported_lines);
  db.prepare(
    `UPDATE examples SET dataset = ?, position = position + CAST(? AS INTEGER), line = line + CAST(? AS INTEGER)
     WHERE dataset = ?`,
  ).run(dataset.key, last.position, afterLine, staged.key);
  moveAside(db, {
    from: staged.key,
    to: dataset.key,
    after: 0,
    by: afterLine,
    lines: staged.line_count,
    quarantined: staged.quarantined_count,
  });
  // Deleted from the start: it is there for undo, never to be shown.
  db.prepare(
    "UPDATE datasets SET import_state = 'ready', deleted_at = created_at, imported_lines = ? WHERE key = ?",
  ).run(afterLine, staged.key);
  db.prepare(
    `UPDATE datasets SET last_content_id = MAX(last_content_id, (SELECT seq FROM sqlite_sequence WHERE name = 'contents'))
     WHERE key = ?`,
  ).run(dataset.key);
  touchDataset(db, dataset.key);
  return afterLine;
}

type Move = { from: number; to: number; after: number; by: number; lines: number; quarantined: number };

/** Moves the quarantined lines after a line, with the counts of what came in, from one data set to the other. */
function moveAside(db: Db, { from, to, after, by, lines, quarantined }: Move): void {
  db.prepare(
    'UPDATE quarantined_lines SET dataset = ?, line = line + CAST(? AS INTEGER) WHERE dataset = ? AND line > ?',
  ).run(to, by, from, after);
  const count = db.prepare(
    `UPDATE datasets SET line_count = line_count + CAST(? AS INTEGER),
       quarantined_count = quarantined_count + CAST(? AS INTEGER) WHERE key = ?`,
  );
  count.run(-lines, -quarantined, from);
  count.run(lines, quarantined, to);
}
