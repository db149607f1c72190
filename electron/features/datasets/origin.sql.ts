import type { Db } from '../../core/ports.ts';
import type { AsideRow } from './aside-rows.ts';

/** Adds rows that could not become examples; one that stands there already is not added again. */
export function putQuarantined(db: Db, key: number, rows: readonly AsideRow[]): void {
  const insert = db.prepare(
    `INSERT OR IGNORE INTO quarantined_lines (dataset, line, byte_offset, code, message, raw)
     VALUES (?, ?, ?, ?, ?, CAST(? AS BLOB))`,
  );
  for (const row of rows) insert.run(key, row.line, row.byteOffset, row.code, row.message, row.raw);
}

/** Writes down what a data set was made from, and counts what was set aside. */
export function putOrigin(db: Db, key: number, source: { sha256: string; sizeBytes: number }): void {
  db.prepare(
    `UPDATE datasets SET source_sha256 = ?, source_bytes = ?,
       line_count = line_count - quarantined_count + (SELECT COUNT(*) FROM quarantined_lines WHERE dataset = key),
       quarantined_count = (SELECT COUNT(*) FROM quarantined_lines WHERE dataset = key)
     WHERE key = ?`,
  ).run(source.sha256, source.sizeBytes, key);
}

/** The last line of its source that a data set holds, as an example or in quarantine; 0 for none. */
export function lastLineOf(db: Db, key: number): number {
  const example = db
    .prepare<{ line: number }>('SELECT line FROM examples WHERE dataset = ? ORDER BY position DESC LIMIT 1')
    .get(key);
  const aside = db
    .prepare<{ line: number | null }>('SELECT MAX(line) AS line FROM quarantined_lines WHERE dataset = ?')
    .get(key);
  return Math.max(example?.line ?? 0, aside?.line ?? 0);
}
