import type { Db } from '../../core/ports.ts';
import { insertFindings } from './contents.sql.ts';
import { rowHashBytes } from '../../../shared/features/datasets/plain-rows.ts';
import { type ParsedPart, rowNumbers } from './parsed-part.ts';
import { idsInRange } from './id-ranges.ts';
import { createRowWriter } from './row-writer.ts';

/** Where the next rows of an import go. */
export type ImportPlace = {
  readonly dataset: number;
  /** Rows and physical lines of the data set so far. */
  position: number;
  lines: number;
};

/** The ids of the first row of a part; those of the others follow. */
export type FirstIds = { readonly exampleId: number; readonly contentId: number };

/**
 * Writes the rows of parts in their order, inside the caller's transaction; moves `place` on and answers the ids of every
 * part. Ids are given out anew in every call, because other changes of the workspace may come between two of them.
 */
export function insertParts(db: Db, place: ImportPlace, parts: readonly ParsedPart[]): FirstIds[] {
  const firsts: FirstIds[] = [];
  const statements = prepareInserts(db);
  let exampleId = db.prepare<{ id: number | null }>('SELECT MAX(id) AS id FROM examples').get()?.id ?? 0;
  let contentId = lastContentId(db);
  for (const part of parts) {
    firsts.push({ exampleId: exampleId + 1, contentId: contentId + 1 });
    insertRows(part, statements, { ...place, exampleId, contentId });
    for (const [row, findings] of part.findings) insertFindings(db, contentId + row + 1, findings);
    for (const { line, byteOffset, code, message, raw } of part.refused) {
      statements.refused.run(place.dataset, place.lines + line, byteOffset, code, message, raw);
    }
    exampleId += part.rows;
    contentId += part.rows;
    place.position += part.rows;
    place.lines += part.lines;
  }
  return firsts;
}

/** The highest id a content has ever had: none is given out twice, so that the search index never mistakes one for another. */
export function lastContentId(db: Db): number {
  const sql = "SELECT seq FROM sqlite_sequence WHERE name = 'contents'";
  return db.prepare<{ seq: number }>(sql).get()?.seq ?? 0;
}

/** SQLite copies what it is given: of larger contents only one at a time. */
const largeBytes = 64 * 1024;

function prepareInserts(db: Db) {
  return {
    contents: createRowWriter(
      db,
      'INSERT INTO contents (id, example_id, has_tools, message_tokens, images, prompt, answer, bytes)',
      '(?, ?, ?, ?, ?, ?, ?, ?)',
    ),
    examples: createRowWriter(
      db,
      `INSERT INTO examples (id, dataset, position, line, content_id, is_edited, tokens, message_count, has_images,
                             errors, warnings, infos, label, identity, prompt_hash, answer_hash)`,
      '(?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    ),
    refused: db.prepare(
      'INSERT INTO quarantined_lines (dataset, line, byte_offset, code, message, raw) VALUES (?, ?, ?, ?, ?, ?)',
    ),
  };
}

type Base = ImportPlace & { readonly exampleId: number; readonly contentId: number };

function insertRows(part: ParsedPart, into: ReturnType<typeof prepareInserts>, base: Base): void {
  const { numbers, hashes } = part;
  const bytes = Buffer.from(part.bytes.buffer, part.bytes.byteOffset, part.bytes.length);
  const keys = Buffer.from(hashes.buffer, hashes.byteOffset, hashes.length);
  for (let row = 0; row < part.rows; row += 1) {
    const at = row * rowNumbers;
    const number = (index: number): number => numbers[at + index] ?? 0;
    const flags = number(5);
    const exampleId = base.exampleId + row + 1;
    const contentId = base.contentId + row + 1;
    const preview = part.previews.get(row);
    into.contents.put(
      contentId,
      exampleId,
      flags & 1,
      part.messageTokens[row] ?? '[]',
      part.images.get(row) ?? null,
      preview?.prompt ?? null,
      preview?.answer ?? null,
      bytes.subarray(number(0), number(1)),
    );
    if (number(1) - number(0) > largeBytes) into.contents.flush();
    const key = row * rowHashBytes;
    into.examples.put(
      exampleId,
      base.dataset,
      base.position + row + 1,
      base.lines + number(2),
      contentId,
      number(3),
      number(4),
      (flags & 2) >> 1,
      number(6),
      number(7),
      number(8),
      part.labels[row] ?? null,
      keys.subarray(key, key + 32),
      keys.subarray(key + 32, key + 40),
      keys.subarray(key + 40, key + 48),
    );
  }
  into.contents.flush();
  into.examples.flush();
}

/** Notes how far an import has come, in the transaction that writes its rows; it goes on from there after a crash. */
export function noteImported(
  db: Db,
  done: { dataset: number; parts: number; lines: number; accepted: number; refused: number },
): void {
  db.prepare(
    `UPDATE datasets SET imported_parts = ?, imported_lines = ?, line_count = line_count + ?,
       quarantined_count = quarantined_count + ? WHERE key = ?`,
  ).run(done.parts, done.lines, done.accepted + done.refused, done.refused, done.dataset);
}

/** Makes an imported data set visible. */
export function finishImport(db: Db, dataset: number): void {
  db.prepare("UPDATE datasets SET import_state = 'ready', last_content_id = ? WHERE key = ?").run(
    lastContentId(db),
    dataset,
  );
}

const purgedAtOnce = 5000;

/** Deletes some rows of a data set that never became visible, in the caller's transaction; true when none is left. */
export function purgeSome(db: Db, dataset: number): boolean {
  const ids = db
    .prepare<{ id: number; content: number }>(
      'SELECT id, content_id AS content FROM examples WHERE dataset = ? ORDER BY position LIMIT ?',
    )
    .all(dataset, purgedAtOnce);
  const [first, last] = [ids[0], ids.at(-1)];
  if (first && last) {
    // Rows of one import lie one after the other, and nothing refers to what was never visible.
    db.prepare('DELETE FROM findings WHERE content_id BETWEEN ? AND ?').run(first.content, last.content);
    const wanted = JSON.stringify(ids.map(({ content }) => content));
    db.prepare('DELETE FROM contents WHERE id IN (SELECT value FROM json_each(?))').run(wanted);
    db.prepare(`DELETE FROM examples WHERE ${idsInRange}`).run(dataset, first.id, last.id);
    return false;
  }
  db.prepare('DELETE FROM quarantined_lines WHERE dataset = ?').run(dataset);
  db.prepare('DELETE FROM datasets WHERE key = ?').run(dataset);
  return true;
}
