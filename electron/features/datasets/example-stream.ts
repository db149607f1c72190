import type { ExampleStream, StoredExample } from '../../core/dataset-ports.ts';
import { findDataset } from './datasets.sql.ts';

const pageRows = 500;

/** The live examples of a data set by position, read a page at a time; for worker jobs with their own connection. */
export const streamExamples: ExampleStream = function* (db, datasetId) {
  const row = findDataset(db, datasetId);
  if (!row) throw new Error(`no data set ${datasetId}`);
  const page = db.prepare<StoredExample>(
    `SELECT e.id AS exampleId, e.content_id AS contentId, e.position, e.line, e.split, e.errors, c.bytes
     FROM examples e JOIN contents c ON c.id = e.content_id
     WHERE e.dataset = ? AND e.position > ? AND e.deleted_at IS NULL ORDER BY e.position LIMIT ${pageRows}`,
  );
  for (let position = 0; ; ) {
    const examples = page.all(row.key, position);
    if (examples.length === 0) return;
    yield* examples;
    position = examples.at(-1)?.position ?? position;
  }
};
