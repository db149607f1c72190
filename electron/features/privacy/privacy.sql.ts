import {
  type Confidence,
  confidences,
  type DetectionState,
  type Gravity,
  type PersonalDataType,
  type WhichDetections,
} from '../../../shared/features/privacy/privacy.model.ts';
import type { Db, SqlValue } from '../../core/ports.ts';

/** The number of a data set in the store, its live examples and those the rules have not seen; undefined when unknown. */
export function scanState(
  db: Db,
  datasetId: string,
  rulesVersion: number,
): { key: number; name: string; examples: number; unscanned: number } | undefined {
  return db
    .prepare<{ key: number; name: string; examples: number; unscanned: number }>(
      `SELECT d.key, d.name, COUNT(e.id) AS examples,
         COUNT(e.id) FILTER (WHERE c.content_id IS NULL) AS unscanned
       FROM datasets d LEFT JOIN examples e ON e.dataset = d.key AND e.deleted_at IS NULL
       LEFT JOIN privacy_contents c ON c.content_id = e.content_id AND c.rules_version = ?
       WHERE d.id = ? AND d.deleted_at IS NULL GROUP BY d.key`,
    )
    .get(rulesVersion, datasetId);
}

/** The last whole scan of a data set. */
export function lastScan(db: Db, datasetId: string): { rulesVersion: number; scannedAt: number } | null {
  return (
    db
      .prepare<{ rulesVersion: number; scannedAt: number }>(
        'SELECT rules_version AS rulesVersion, scanned_at AS scannedAt FROM privacy_scans WHERE dataset_id = ?',
      )
      .get(datasetId) ?? null
  );
}

/** Writes down that a data set was looked at whole. */
export function recordScan(
  db: Db,
  datasetId: string,
  scan: { rulesVersion: number; scannedAt: number },
): void {
  db.prepare(
    `INSERT INTO privacy_scans (dataset_id, rules_version, scanned_at) VALUES (?, ?, ?)
     ON CONFLICT (dataset_id) DO UPDATE SET rules_version = excluded.rules_version, scanned_at = excluded.scanned_at`,
  ).run(datasetId, scan.rulesVersion, scan.scannedAt);
}

/**
 * What a detection is now: see {@link DetectionState}. Null for one that a newer content of its example still has, and for
 * one of a content that was taken back.
 */
const reason = `(SELECT MAX(k.reason) FROM privacy_kept k WHERE k.example_id = d.example_id AND k.type = d.type
    AND k.value_hash = d.value_hash AND k.is_active = 1)`;
const state = `CASE
  WHEN d.content_id > e.content_id THEN NULL
  WHEN d.content_id < e.content_id THEN CASE WHEN EXISTS (
      SELECT 1 FROM privacy_detections n WHERE n.example_id = d.example_id AND n.type = d.type
        AND n.value_hash = d.value_hash AND n.content_id > d.content_id AND n.content_id <= e.content_id
    ) THEN NULL ELSE COALESCE(d.decision, 'edited') END
  WHEN e.deleted_at IS NOT NULL THEN 'dropped'
  WHEN ${reason} IS NOT NULL THEN 'kept' ELSE 'open' END`;
const joined = 'FROM privacy_detections d JOIN examples e ON e.id = d.example_id';

export type StateCount = {
  type: PersonalDataType;
  gravity: Gravity;
  confidence: Confidence;
  state: DetectionState;
  count: number;
};

/** How many detections of each type, certainty and state a data set has. */
export function countStates(db: Db, key: number): StateCount[] {
  return db
    .prepare<StateCount>(
      `SELECT type, gravity, confidence, state, COUNT(*) AS count FROM (
         SELECT d.type, d.gravity, d.confidence, ${state} AS state ${joined} WHERE d.dataset = ?)
       WHERE state IS NOT NULL GROUP BY type, gravity, confidence, state`,
    )
    .all(key);
}

/** What was found in contents and not kept with a reason, and how many of them the rules have not seen. */
export function countInContents(
  db: Db,
  contentIds: Uint32Array,
  rulesVersion: number,
): { unscanned: number; counts: StateCount[] } {
  db.exec('CREATE TEMP TABLE wanted_contents (id INTEGER PRIMARY KEY)');
  const insert = db.prepare('INSERT OR IGNORE INTO wanted_contents (id) VALUES (?)');
  db.transaction(() => {
    for (const id of contentIds) insert.run(id);
  });
  const unscanned = db
    .prepare<{ count: number }>(
      `SELECT COUNT(*) AS count FROM wanted_contents w
       LEFT JOIN privacy_contents c ON c.content_id = w.id AND c.rules_version = ? WHERE c.content_id IS NULL`,
    )
    .get(rulesVersion);
  const counts = db
    .prepare<StateCount>(
      `SELECT d.type, d.gravity, d.confidence, 'open' AS state, COUNT(*) AS count
       FROM wanted_contents w CROSS JOIN privacy_detections d ON d.content_id = w.id
       WHERE ${reason} IS NULL GROUP BY d.type, d.gravity, d.confidence`,
    )
    .all();
  db.exec('DROP TABLE wanted_contents');
  return { unscanned: unscanned?.count ?? 0, counts };
}

export type DetectionRow = {
  contentId: number;
  ordinal: number;
  exampleId: number;
  position: number;
  pointer: string;
  start: number;
  end: number;
  type: PersonalDataType;
  gravity: Gravity;
  confidence: Confidence;
  rule: string;
  state: DetectionState;
  reason: string | null;
};

const columns = `d.content_id AS contentId, d.ordinal, d.example_id AS exampleId, e.position, d.pointer, d.start, d.end,
  d.type, d.gravity, d.confidence, d.rule, ${state} AS state, ${reason} AS reason`;

/** Which detections a page of the list is from. */
export type DetectionPage = {
  type: PersonalDataType;
  isOpen: boolean;
  confidences: readonly Confidence[];
  start: number;
  limit: number;
};

/**
 * A page of detections of a type, open ones or the others, surest first, then by example. Each certainty is read in the
 * order of its index, so that a page deep in a million skips, but does not sort.
 */
export function pageOfDetections(db: Db, key: number, page: DetectionPage): DetectionRow[] {
  const chosenRows = `${joined} WHERE d.dataset = ? AND d.type = ? AND d.confidence = ?
    AND ${state} ${page.isOpen ? '=' : '<>'} 'open'`;
  const select = db.prepare<DetectionRow>(
    `SELECT ${columns} ${chosenRows} ORDER BY d.example_id, d.content_id, d.ordinal LIMIT ? OFFSET ?`,
  );
  const count = db.prepare<{ count: number }>(`SELECT COUNT(*) AS count ${chosenRows}`);
  const rows: DetectionRow[] = [];
  let skip = page.start;
  for (const confidence of confidences) {
    if (!page.confidences.includes(confidence) || rows.length >= page.limit) continue;
    const part = select.all(key, page.type, confidence, page.limit - rows.length, skip);
    rows.push(...part);
    skip =
      part.length > 0 || skip === 0
        ? 0
        : Math.max(0, skip - (count.get(key, page.type, confidence)?.count ?? 0));
  }
  return rows;
}

/** True when a data set has more detections than are counted at once without being felt. */
export function hasManyDetections(db: Db, key: number, many: number): boolean {
  const found = db
    .prepare<{ count: number }>(
      'SELECT COUNT(*) AS count FROM (SELECT 1 FROM privacy_detections WHERE dataset = ? LIMIT ?)',
    )
    .get(key, many);
  return (found?.count ?? 0) >= many;
}

const pageRows = 2_000;

/** What an action is for, as SQL over {@link joined} and its parameters. */
function chosen(key: number, which: WhichDetections): { where: string; parameters: SqlValue[] } {
  if ('detectionIds' in which) {
    return {
      where: `d.dataset = ? AND (d.content_id, d.ordinal) IN
        (SELECT CAST(value ->> 0 AS INTEGER), CAST(value ->> 1 AS INTEGER) FROM json_each(?))`,
      parameters: [key, JSON.stringify(which.detectionIds.map((id) => id.split(':').map(Number)))],
    };
  }
  const places = which.confidences.map(() => '?').join(', ');
  return {
    where: `d.dataset = ? AND d.type = ? AND d.confidence IN (${places})`,
    parameters: [key, which.type, ...which.confidences],
  };
}

/** How many open detections of each type an action is for. */
export function countOpen(
  db: Db,
  key: number,
  which: WhichDetections,
): { type: PersonalDataType; count: number }[] {
  const { where, parameters } = chosen(key, which);
  return db
    .prepare<{ type: PersonalDataType; count: number }>(
      `SELECT type, COUNT(*) AS count FROM (SELECT d.type, ${state} AS state ${joined} WHERE ${where})
       WHERE state = 'open' GROUP BY type`,
    )
    .all(...parameters);
}

/**
 * The open detections an action is for, a page at a time, in order of contents: those of an example come together. The
 * action must leave them open. Pages follow the table's own key, so that all of them together are one pass over it.
 */
export function* pagesOfOpen(db: Db, key: number, which: WhichDetections): Generator<DetectionRow[]> {
  const { where, parameters } = chosen(key, which);
  const page = db.prepare<DetectionRow>(
    `SELECT * FROM (SELECT ${columns} ${joined} WHERE ${where.replace('d.dataset', '+d.dataset')} AND (d.content_id, d.ordinal) > (?, ?))
     WHERE state = 'open' ORDER BY contentId, ordinal LIMIT ${pageRows}`,
  );
  for (let after: [number, number] = [0, -1]; ; ) {
    const rows = page.all(...parameters, ...after);
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    after = [last.contentId, last.ordinal];
  }
}

/** The examples that hold open detections an action is for, each once. */
export function examplesOfOpen(db: Db, key: number, which: WhichDetections): number[] {
  const { where, parameters } = chosen(key, which);
  return db
    .prepare<{ exampleId: number }>(
      `SELECT DISTINCT exampleId FROM (SELECT d.example_id AS exampleId, ${state} AS state ${joined} WHERE ${where})
       WHERE state = 'open' ORDER BY exampleId`,
    )
    .all(...parameters)
    .map(({ exampleId }) => exampleId);
}

/** The open detections of one type in one string, as a mark names them. */
export type OpenGroup = Pick<DetectionRow, 'exampleId' | 'type' | 'pointer' | 'gravity' | 'rule'> & {
  count: number;
};

const idsPerStep = 20_000;

/**
 * The open detections of a data set for its marks, in order of examples: one row for each type in each string, by its
 * first detection. Read a range of examples at a time, so that only one range is held, whatever the size of the set.
 */
export function* openGroups(db: Db, key: number): Generator<OpenGroup> {
  const range = db
    .prepare<{ first: number | null; last: number | null }>(
      'SELECT MIN(id) AS first, MAX(id) AS last FROM examples WHERE dataset = ?',
    )
    .get(key);
  if (range?.first == null || range.last === null) return;
  const step = db.prepare<OpenGroup>(
    `SELECT exampleId, type, pointer, gravity, rule, COUNT(*) AS count, MIN(ordinal) FROM
       (SELECT ${columns} ${joined} WHERE +d.dataset = ? AND d.example_id BETWEEN ? AND ?)
     WHERE state = 'open' GROUP BY exampleId, type, pointer ORDER BY exampleId, MIN(ordinal)`,
  );
  for (let from = range.first; from <= range.last; from += idsPerStep)
    yield* step.all(key, BigInt(from), BigInt(from + idsPerStep - 1));
}

/** Says of detections what was asked for; what it means follows from what the example is then. */
export function decide(db: Db, rows: readonly DetectionRow[], decision: 'masked' | 'pseudonymised'): void {
  const update = db.prepare(
    'UPDATE privacy_detections SET decision = ? WHERE content_id = ? AND ordinal = ?',
  );
  for (const { contentId, ordinal } of rows) update.run(decision, contentId, ordinal);
}

/** The line of JSON of a content. */
export function contentText(db: Db, contentId: number): string | null {
  const row = db.prepare<{ bytes: Uint8Array }>('SELECT bytes FROM contents WHERE id = ?').get(contentId);
  return row ? Buffer.from(row.bytes).toString('utf8') : null;
}
