import { splitsByCode } from '../../../shared/features/datasets/split.rules.ts';
import { canonicalText } from '../../../shared/features/datasets/canonical-json.ts';
import type { SplitName } from '../../../shared/features/datasets/datasets.model.ts';
import type { ContentPreview, DatasetState, DatasetStates, StoredExample } from '../../core/dataset-ports.ts';
import type { Db } from '../../core/ports.ts';
import { sha256 } from './check-file.ts';
import { factColumns } from './contents.sql.ts';
import { findDataset, touchDataset } from './datasets.sql.ts';
import { markAllGroups } from './groups.sql.ts';
import { type PreviewColumns, previewColumns, readPreviews } from './previews.ts';
import { countAllDecisions } from './review.sql.ts';

const idsAtOnce = 2000;

/** Whole states of data sets, for versions; see the port for what each promises. */
export const datasetStates: DatasetStates = {
  revisionOf: (db, datasetId) => findDataset(db, datasetId)?.revision ?? null,
  read,
  methodOf(db, datasetId) {
    const row = findDataset(db, datasetId);
    if (!row) throw new Error(`no data set ${datasetId}`);
    return row.method;
  },
  setMethod: (db, datasetId, method) =>
    void db.prepare('UPDATE datasets SET method = ? WHERE id = ?').run(method, datasetId),
  apply,
  identitiesOf: (db, contentIds) => hashesOf(db, 'identity', contentIds),
  promptHashesOf: (db, contentIds) => hashesOf(db, 'prompt_hash', contentIds),
  examplesOf,
  bytesOf,
  identityOf: (bytes) => sha256(canonicalText(JSON.parse(Buffer.from(bytes).toString('utf8')))),
  previewsOf,
};

function keyOf(db: Db, datasetId: string): number {
  const row = findDataset(db, datasetId);
  if (!row) throw new Error(`no data set ${datasetId}`);
  return row.key;
}

type StateRow = {
  id: number;
  content_id: number;
  split: SplitName | null;
  tokens: number;
  identity: Uint8Array;
};

function read(
  db: Db,
  datasetId: string,
  visit?: (identity: Uint8Array, tokens: number) => void,
): DatasetState {
  const key = keyOf(db, datasetId);
  const size =
    db
      .prepare<{ size: number }>(
        'SELECT COUNT(*) AS size FROM examples WHERE dataset = ? AND deleted_at IS NULL',
      )
      .get(key)?.size ?? 0;
  const state = emptyState(size);
  const rows = db
    .prepare<StateRow>(
      `SELECT id, content_id, split, tokens, identity FROM examples
       WHERE dataset = ? AND deleted_at IS NULL ORDER BY position`,
    )
    .iterate(key);
  let at = 0;
  for (const row of rows) {
    // Whoever writes in between makes the revision grow, and the caller reads again.
    if (at >= size) continue;
    state.exampleIds[at] = row.id;
    state.contentIds[at] = row.content_id;
    state.splits[at] = splitsByCode.indexOf(row.split);
    at += 1;
    visit?.(row.identity, row.tokens);
  }
  return state;
}

function emptyState(size: number): DatasetState {
  return {
    exampleIds: new Uint32Array(size),
    contentIds: new Uint32Array(size),
    splits: new Uint8Array(size),
  };
}

function apply(db: Db, datasetId: string, state: DatasetState): void {
  const key = keyOf(db, datasetId);
  db.exec(
    'CREATE TEMP TABLE wanted_state (example_id INTEGER PRIMARY KEY, content_id INTEGER NOT NULL, split TEXT)',
  );
  const insert = db.prepare('INSERT INTO wanted_state (example_id, content_id, split) VALUES (?, ?, ?)');
  for (const [index, exampleId] of state.exampleIds.entries()) {
    insert.run(exampleId, state.contentIds[index] ?? 0, splitsByCode[state.splits[index] ?? 0] ?? null);
  }
  // Deleted rows carry no mark of a group: marks are worked out anew below, among the live ones.
  db.prepare(
    `UPDATE examples SET deleted_at = 1, duplicate_of = NULL, conflicts_with = NULL
     WHERE dataset = ? AND deleted_at IS NULL AND id NOT IN (SELECT example_id FROM wanted_state)`,
  ).run(key);
  db.prepare(
    `UPDATE examples SET deleted_at = NULL, split = wanted.split FROM wanted_state AS wanted
     WHERE examples.id = wanted.example_id AND examples.dataset = ?
       AND (examples.deleted_at IS NOT NULL OR examples.split IS NOT wanted.split)`,
  ).run(key);
  db.prepare(
    `UPDATE examples SET content_id = old.id, is_edited = old.origin IS NOT NULL, has_images = old.images IS NOT NULL,
       ${factColumns.map((column) => `${column} = old.${column}`).join(', ')}
     FROM wanted_state AS wanted JOIN contents AS old ON old.id = wanted.content_id
     WHERE examples.id = wanted.example_id AND examples.dataset = ? AND examples.content_id <> wanted.content_id`,
  ).run(key);
  db.exec('DROP TABLE wanted_state');
  countAllDecisions(db, key);
  markAllGroups(db, key);
  touchDataset(db, key);
}

function* chunksOf(contentIds: Uint32Array): Generator<string, void, void> {
  for (let from = 0; from < contentIds.length; from += idsAtOnce) {
    yield JSON.stringify([...contentIds.subarray(from, from + idsAtOnce)]);
  }
}

const hashBytes = { identity: 32, prompt_hash: 16 };

function hashesOf(db: Db, column: keyof typeof hashBytes, contentIds: Uint32Array): Uint8Array {
  const all = new Uint8Array(contentIds.length * hashBytes[column]);
  const select = db.prepare<{ hash: Uint8Array }>(
    `SELECT COALESCE(c.${column}, e.${column}) AS hash FROM json_each(?) AS wanted
     CROSS JOIN contents c ON c.id = wanted.value LEFT JOIN examples e ON e.content_id = c.id ORDER BY wanted.key`,
  );
  let at = 0;
  for (const ids of chunksOf(contentIds)) {
    for (const { hash } of select.all(ids)) {
      all.set(hash, at);
      at += hashBytes[column];
    }
  }
  return all;
}

function* examplesOf(db: Db, state: DatasetState): Generator<StoredExample, void, void> {
  const select = db.prepare<Omit<StoredExample, 'split'>>(
    `SELECT e.id AS exampleId, c.id AS contentId, e.position, e.line,
            CASE WHEN c.identity IS NULL THEN e.errors ELSE c.errors END AS errors, c.bytes
     FROM contents c JOIN examples e ON e.id = c.example_id WHERE c.id = ?`,
  );
  for (const [at, contentId] of state.contentIds.entries()) {
    const row = select.get(contentId);
    if (!row) throw new Error(`content ${contentId} is missing`);
    yield { ...row, split: splitsByCode[state.splits[at] ?? 0] ?? null };
  }
}

function* bytesOf(db: Db, contentIds: Uint32Array): Generator<Uint8Array, void, void> {
  const select = db.prepare<{ bytes: Uint8Array }>('SELECT bytes FROM contents WHERE id = ?');
  for (const id of contentIds) {
    const bytes = select.get(id)?.bytes;
    if (!bytes) throw new Error(`content ${id} is missing`);
    yield bytes;
  }
}

type PreviewRow = Omit<ContentPreview, 'prompt' | 'answer'> & PreviewColumns;

function previewsOf(db: Db, contentIds: readonly number[]): Map<number, ContentPreview> {
  const rows = db
    .prepare<PreviewRow>(
      `SELECT c.id AS contentId, c.example_id AS exampleId, e.position, ${previewColumns},
              CASE WHEN c.identity IS NULL THEN e.tokens ELSE c.tokens END AS tokens,
              CASE WHEN c.identity IS NULL THEN e.label ELSE c.label END AS label
       FROM json_each(?) AS wanted CROSS JOIN contents c ON c.id = wanted.value JOIN examples e ON e.id = c.example_id`,
    )
    .all(JSON.stringify(contentIds));
  return new Map(
    rows.map(({ method, bytes, prompt, answer, ...row }) => [
      row.contentId,
      { ...row, ...readPreviews({ method, bytes, prompt, answer }) },
    ]),
  );
}
