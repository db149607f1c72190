import type {
  Confidence,
  DetectionState,
  GateSetting,
  Gravity,
  PersonalDataType,
  WhichDetections,
} from '../../../shared/features/privacy/privacy.model.ts';
import type { Db } from '../../core/ports.ts';

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
const state = `CASE
  WHEN d.content_id > e.content_id THEN NULL
  WHEN d.content_id < e.content_id THEN CASE WHEN EXISTS (
      SELECT 1 FROM privacy_detections n WHERE n.example_id = d.example_id AND n.type = d.type
        AND n.value_hash = d.value_hash AND n.content_id > d.content_id AND n.content_id <= e.content_id
    ) THEN NULL ELSE COALESCE(d.decision, 'edited') END
  WHEN e.deleted_at IS NOT NULL THEN 'dropped'
  WHEN k.reason IS NOT NULL THEN 'kept' ELSE 'open' END`;
const kept = `LEFT JOIN (SELECT example_id, type, value_hash, MAX(reason) AS reason FROM privacy_kept
    WHERE is_active = 1 GROUP BY example_id, type, value_hash) k
  ON k.example_id = d.example_id AND k.type = d.type AND k.value_hash = d.value_hash`;
const joined = `FROM privacy_detections d JOIN examples e ON e.id = d.example_id ${kept}`;

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
       FROM wanted_contents w CROSS JOIN privacy_detections d ON d.content_id = w.id ${kept}
       WHERE k.reason IS NULL GROUP BY d.type, d.gravity, d.confidence`,
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
  d.type, d.gravity, d.confidence, d.rule, ${state} AS state, k.reason`;

/** A page of detections of a type, open ones or the others, surest first. */
export function pageOfDetections(
  db: Db,
  key: number,
  page: {
    type: PersonalDataType;
    isOpen: boolean;
    confidences: readonly Confidence[];
    start: number;
    limit: number;
  },
): DetectionRow[] {
  return db
    .prepare<DetectionRow>(
      `SELECT * FROM (SELECT ${columns} ${joined} WHERE d.dataset = ? AND d.type = ?
         AND d.confidence IN (${page.confidences.map(() => '?').join(', ')}))
       WHERE state ${page.isOpen ? '=' : '<>'} 'open'
       ORDER BY CASE confidence WHEN 'high' THEN 0 WHEN 'medium' THEN 1 ELSE 2 END, position, contentId, ordinal
       LIMIT ? OFFSET ?`,
    )
    .all(key, page.type, ...page.confidences, page.limit, page.start);
}

/** The open detections an action is for, by example. */
export function selectOpen(db: Db, key: number, which: WhichDetections): DetectionRow[] {
  if ('detectionIds' in which) {
    const find = db.prepare<DetectionRow>(
      `SELECT ${columns} ${joined} WHERE d.content_id = ? AND d.ordinal = ? AND d.dataset = ?`,
    );
    return which.detectionIds.flatMap((id) => {
      const [contentId = '', ordinal = ''] = id.split(':');
      const row = find.get(Number(contentId), Number(ordinal), key);
      return row?.state === 'open' ? [row] : [];
    });
  }
  const places = which.confidences.map(() => '?').join(', ');
  return db
    .prepare<DetectionRow>(
      `SELECT * FROM (SELECT ${columns} ${joined} WHERE d.dataset = ? AND d.type = ? AND d.confidence IN (${places}))
       WHERE state = 'open' ORDER BY exampleId, ordinal`,
    )
    .all(key, which.type, ...which.confidences);
}

/** The open detections of one type in one string, as a mark names them. */
export type OpenGroup = Pick<DetectionRow, 'exampleId' | 'type' | 'pointer' | 'gravity' | 'rule'> & {
  count: number;
};

/** The open detections of a data set for its marks: one row for each type in each string, by its first detection. */
export function openGroups(db: Db, key: number): OpenGroup[] {
  return db
    .prepare<OpenGroup>(
      `SELECT exampleId, type, pointer, gravity, rule, COUNT(*) AS count, MIN(ordinal) FROM
         (SELECT ${columns} ${joined} WHERE d.dataset = ?)
       WHERE state = 'open' GROUP BY exampleId, type, pointer ORDER BY exampleId, MIN(ordinal)`,
    )
    .all(key);
}

/** Says of detections what was asked for; what it means follows from what the example is then. */
export function decide(db: Db, rows: readonly DetectionRow[], decision: 'masked' | 'pseudonymised'): void {
  const update = db.prepare(
    'UPDATE privacy_detections SET decision = ? WHERE content_id = ? AND ordinal = ?',
  );
  for (const { contentId, ordinal } of rows) update.run(decision, contentId, ordinal);
}

/** Writes down, not yet in force, that the values of detections are kept in their examples. */
export function prepareKeeping(
  db: Db,
  rows: readonly DetectionRow[],
  { batch, reason }: { batch: string; reason: string },
): void {
  const insert = db.prepare(
    `INSERT OR IGNORE INTO privacy_kept (batch, example_id, type, value_hash, reason, is_active)
     SELECT ?, example_id, type, value_hash, ?, 0 FROM privacy_detections WHERE content_id = ? AND ordinal = ?`,
  );
  for (const { contentId, ordinal } of rows) insert.run(batch, reason, contentId, ordinal);
}

/** Puts what a batch keeps in force, or out of it. */
export function switchKeeping(db: Db, { batch, isKept }: { batch: string; isKept: boolean }): void {
  db.prepare('UPDATE privacy_kept SET is_active = ? WHERE batch = ?').run(isKept ? 1 : 0, batch);
}

/** The gate's setting as JSON; null while nobody has set it. */
export function readGate(db: Db): GateSetting | null {
  const row = db.prepare<{ setting: string }>('SELECT setting FROM privacy_gate WHERE id = 1').get();
  return row ? (JSON.parse(row.setting) as GateSetting) : null;
}

/** Sets the gate. */
export function writeGate(db: Db, setting: GateSetting): void {
  db.prepare(
    'INSERT INTO privacy_gate (id, setting) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET setting = excluded.setting',
  ).run(JSON.stringify(setting));
}

/** The line of JSON of a content. */
export function contentText(db: Db, contentId: number): string | null {
  const row = db.prepare<{ bytes: Uint8Array }>('SELECT bytes FROM contents WHERE id = ?').get(contentId);
  return row ? Buffer.from(row.bytes).toString('utf8') : null;
}

/** The number of a value in the vault, put there when it is new. */
export function vaultOrdinal(db: Db, type: PersonalDataType, value: string): number {
  db.prepare('INSERT OR IGNORE INTO privacy_vault (type, value) VALUES (?, ?)').run(type, value);
  const row = db
    .prepare<{ id: number }>('SELECT id FROM privacy_vault WHERE type = ? AND value = ?')
    .get(type, value);
  return row?.id ?? 0;
}

/** Gives a value in the vault its pseudonym. */
export function namePseudonym(db: Db, id: number, pseudonym: string): void {
  db.prepare('UPDATE privacy_vault SET pseudonym = ? WHERE id = ? AND pseudonym IS NULL').run(pseudonym, id);
}

/** What a pseudonym stands for. */
export function valueBehind(db: Db, pseudonym: string): string | null {
  return (
    db.prepare<{ value: string }>('SELECT value FROM privacy_vault WHERE pseudonym = ?').get(pseudonym)
      ?.value ?? null
  );
}
