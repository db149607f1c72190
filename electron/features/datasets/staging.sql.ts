import type { Analysis } from '../../../shared/features/datasets/analyse-example.ts';
import type { Db, DbAddress } from '../../core/ports.ts';
import { contentValues, derivedColumns, insertFindings } from './contents.sql.ts';

/**
 * A staging store holds one part of an import until all parts are read. It is thrown away whatever happens, so it keeps
 * no journal; it carries the workspace's key, so that nothing lies on the disk in plain.
 */
export function prepareStaging(db: Db): void {
  db.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA secure_delete = OFF');
  db.exec(`
    CREATE TABLE contents (
      ordinal INTEGER PRIMARY KEY, line INTEGER NOT NULL, index_text TEXT NOT NULL,
      ${derivedColumns.join(', ')}
    );
    CREATE TABLE findings (
      content_id INTEGER, ordinal INTEGER, code TEXT, severity TEXT, pointer TEXT, message TEXT, expected TEXT,
      found TEXT, fix_kind TEXT, fix_label TEXT, PRIMARY KEY (content_id, ordinal)
    ) WITHOUT ROWID;
    CREATE TABLE quarantined_lines (line INTEGER PRIMARY KEY, byte_offset INTEGER, code TEXT, message TEXT, raw BLOB);
    BEGIN;
  `);
}

/** Ends the writing of a staging store. */
export function sealStaging(db: Db): void {
  db.exec('COMMIT');
}

export type StagedExample = {
  readonly ordinal: number;
  readonly line: number;
  readonly analysis: Analysis;
  readonly indexText: string;
  readonly bytes: Uint8Array;
};

/** Adds an accepted example; `ordinal` and `line` count from 1 within the part. */
export function stageExample(db: Db, example: StagedExample): void {
  db.prepare(
    `INSERT INTO contents (ordinal, line, index_text, ${derivedColumns.join(', ')})
     VALUES (?, ?, ?, ${derivedColumns.map(() => '?').join(', ')})`,
  ).run(example.ordinal, example.line, example.indexText, ...contentValues(example.analysis, example.bytes));
  insertFindings(db, example.ordinal, example.analysis.findings);
}

export type StagedLine = { line: number; byteOffset: number; code: string; message: string; raw: Uint8Array };

/** Adds a line that could not become an example. */
export function stageQuarantined(db: Db, line: StagedLine): void {
  db.prepare(
    'INSERT INTO quarantined_lines (line, byte_offset, code, message, raw) VALUES (?, ?, ?, ?, ?)',
  ).run(line.line, line.byteOffset, line.code, line.message, line.raw);
}

/** Makes a staging store readable from the main store's connection as the schema `name`. Not inside a transaction. */
export function attachStaging(db: Db, name: string, address: DbAddress): void {
  const key = address.keyHex === null ? '' : ` KEY "x'${address.keyHex}'"`;
  db.exec(`ATTACH DATABASE '${address.file.replaceAll("'", "''")}' AS ${name}${key}`);
}

/** What the rows of a part are moved by when they enter the main store. */
export type PartOffsets = {
  readonly dataset: number;
  readonly exampleId: number;
  readonly contentId: number;
  readonly position: number;
  readonly line: number;
  readonly at: number;
};

/** Copies one attached part into the main store, inside the caller's transaction. */
export function copyPart(db: Db, name: string, by: PartOffsets): void {
  const columns = derivedColumns.join(', ');
  db.prepare(
    `INSERT INTO main.contents (id, example_id, origin, change_label, created_at, ${columns})
     SELECT ordinal + ?, ordinal + ?, 'imported', 'imported', ?, ${columns} FROM ${name}.contents ORDER BY ordinal`,
  ).run(by.contentId, by.exampleId, by.at);
  db.prepare(
    `INSERT INTO main.examples (id, dataset, position, line, content_id, is_edited, tokens, message_count, has_images,
                                errors, warnings, infos, label, identity, prompt_hash, answer_hash)
     SELECT ordinal + ?, ?, ordinal + ?, line + ?, ordinal + ?, 0, tokens, message_count, images <> '[]',
            errors, warnings, infos, label, identity, prompt_hash, answer_hash
     FROM ${name}.contents ORDER BY ordinal`,
  ).run(by.exampleId, by.dataset, by.position, by.line, by.contentId);
  db.prepare(
    `INSERT INTO main.findings (content_id, ordinal, code, severity, pointer, message, expected, found, fix_kind, fix_label)
     SELECT content_id + ?, ordinal, code, severity, pointer, message, expected, found, fix_kind, fix_label
     FROM ${name}.findings ORDER BY content_id, ordinal`,
  ).run(by.contentId);
  db.prepare(
    `INSERT INTO main.quarantined_lines (dataset, line, byte_offset, code, message, raw)
     SELECT ?, line + ?, byte_offset, code, message, raw FROM ${name}.quarantined_lines ORDER BY line`,
  ).run(by.dataset, by.line);
  db.prepare(
    `INSERT INTO main.content_texts (rowid, text) SELECT ordinal + CAST(? AS INTEGER), index_text FROM ${name}.contents ORDER BY ordinal`,
  ).run(by.contentId);
}
