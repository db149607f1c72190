import type { Db } from '../../core/ports.ts';
import { findDataset } from './datasets.sql.ts';

const rowsAtOnce = 500;

export type LineOfExample = { exampleId: number; contentId: number; position: number; bytes: Uint8Array };

/** The lines of JSON of the live ones of some examples (or all, by position), a page at a time; for worker jobs. */
export function* linesOf(
  db: Db,
  target: { readonly datasetId: string; readonly ids: Uint32Array | 'all' },
): Generator<LineOfExample[], void, void> {
  const { datasetId, ids } = target;
  const key = findDataset(db, datasetId)?.key ?? 0;
  const columns = 'e.id AS exampleId, e.content_id AS contentId, e.position, c.bytes';
  if (ids === 'all') {
    const page = db.prepare<LineOfExample>(
      `SELECT ${columns} FROM examples e JOIN contents c ON c.id = e.content_id
       WHERE e.dataset = ? AND e.position > ? AND e.deleted_at IS NULL ORDER BY e.position LIMIT ${rowsAtOnce}`,
    );
    for (let position = 0; ; ) {
      const rows = page.all(key, position);
      if (rows.length === 0) return;
      yield rows;
      position = rows.at(-1)?.position ?? position;
    }
  }
  const some = db.prepare<LineOfExample>(
    `SELECT ${columns} FROM json_each(?) AS wanted CROSS JOIN examples e ON e.id = wanted.value
     JOIN contents c ON c.id = e.content_id
     WHERE e.dataset = ? AND e.deleted_at IS NULL ORDER BY wanted.key`,
  );
  for (let from = 0; from < ids.length; from += rowsAtOnce) {
    yield some.all(JSON.stringify([...ids.subarray(from, from + rowsAtOnce)]), key);
  }
}
