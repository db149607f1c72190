import {
  type PreferenceKind,
  type PreferenceSet,
  type PreferenceSettings,
  preferenceSettings,
  type PreferenceSource,
  type QuarantinedPair,
} from '../../../shared/features/preferences/preferences.model.ts';
import { AppFailure } from '../../../shared/failures.ts';
import type { Db } from '../../core/ports.ts';

/** A set as it is stored; `key` is what its rows name it by. */
export type SetRow = {
  key: number;
  id: string;
  name: string;
  kind: PreferenceKind;
  source: string;
  source_name: string;
  settings: string;
  prompts: number;
  pairs: number;
  repeats: number;
  quarantined: number;
  verdicts: number;
  finished: number;
  revision: number;
  created_at: number;
  closed_at: number | null;
  unblinded_at: number | null;
  deleted_at: number | null;
};

/** A set that is there; throws PREFERENCES_NOT_FOUND. */
export function requireSet(db: Db, setId: string): SetRow {
  const row = findSet(db, setId);
  if (row && row.deleted_at === null) return row;
  throw new AppFailure('PREFERENCES_NOT_FOUND', {
    what: 'This set of preferences is not in this workspace.',
    todo: 'It may have been removed: undo brings it back.',
    retry: 'never',
  });
}

/** A set, also one that was removed or is still being made. */
export function findSet(db: Db, setId: string): SetRow | undefined {
  return db.prepare<SetRow>('SELECT * FROM preference_sets WHERE id = ?').get(setId);
}

/** Sets that are there, newest first. */
export function listSets(db: Db): SetRow[] {
  return db
    .prepare<SetRow>(
      'SELECT * FROM preference_sets WHERE deleted_at IS NULL ORDER BY created_at DESC, key DESC',
    )
    .all();
}

/** How a set is judged. */
export function settingsOf(row: SetRow): PreferenceSettings {
  return preferenceSettings.parse(JSON.parse(row.settings));
}

/** The set as a window sees it, with how far it has come. */
export function toSet(db: Db, row: SetRow): PreferenceSet {
  const settings = settingsOf(row);
  const flagged = db
    .prepare<{ count: number }>(
      'SELECT COUNT(DISTINCT pair_id) AS count FROM preference_work WHERE preference_set = ? AND is_flagged = 1',
    )
    .get(row.key);
  return {
    setId: row.id,
    name: row.name,
    kind: row.kind,
    sourceName: row.source_name,
    isAsked: (JSON.parse(row.source) as PreferenceSource).kind === 'generated',
    settings,
    prompts: row.prompts,
    pairs: row.pairs,
    repeats: row.repeats,
    quarantined: row.quarantined,
    finished: row.finished,
    verdicts: row.verdicts,
    flagged: flagged?.count ?? 0,
    createdAt: row.created_at,
    closedAt: row.closed_at,
    unblindedAt: row.unblinded_at,
  };
}

export type NewSet = {
  readonly setId: string;
  readonly name: string;
  readonly kind: PreferenceKind;
  readonly source: PreferenceSource;
  readonly sourceName: string;
  readonly settings: PreferenceSettings;
  readonly at: number;
};

/** Begins a set that nobody sees yet; answers its key. */
export function insertHiddenSet(db: Db, set: NewSet): number {
  const { lastInsertRowid } = db
    .prepare(
      `INSERT INTO preference_sets (id, name, kind, source, source_name, settings, prompts, pairs, repeats, quarantined,
                                    created_at, deleted_at)
       VALUES (?, ?, ?, ?, ?, ?, 0, 0, 0, 0, ?, ?)`,
    )
    .run(
      set.setId,
      set.name,
      set.kind,
      JSON.stringify(set.source),
      set.sourceName,
      JSON.stringify(set.settings),
      set.at,
      set.at,
    );
  return Number(lastInsertRowid);
}

/** Takes away what a broken-off making of a set left behind. */
export function dropUnfinishedSet(db: Db, setId: string): void {
  const row = findSet(db, setId);
  if (!row || row.pairs > 0) return;
  for (const sql of [
    'DELETE FROM preference_pairs WHERE preference_set = ?',
    `DELETE FROM preference_candidates WHERE prompt_id IN
       (SELECT id FROM preference_prompts WHERE preference_set = ?)`,
    'DELETE FROM preference_prompts WHERE preference_set = ?',
    'DELETE FROM quarantined_pairs WHERE preference_set = ?',
    'DELETE FROM preference_sets WHERE key = ?',
  ]) {
    db.prepare(sql).run(row.key);
  }
}

/** Fills in the counts of a set that is complete. */
export function setCounts(
  db: Db,
  key: number,
  counts: { prompts: number; pairs: number; repeats: number; quarantined: number },
): void {
  db.prepare(
    'UPDATE preference_sets SET prompts = ?, pairs = ?, repeats = ?, quarantined = ? WHERE key = ?',
  ).run(counts.prompts, counts.pairs, counts.repeats, counts.quarantined, key);
}

/** Says which prompts say nearly the same: `clusters[i]` is the first prompt like the i-th, both counted from 0. */
export function setClusters(db: Db, key: number, clusters: Uint32Array): void {
  const set = db.prepare(
    'UPDATE preference_prompts SET cluster = ? WHERE preference_set = ? AND ordinal = ?',
  );
  for (const [at, cluster] of clusters.entries()) set.run(cluster, key, at + 1);
}

/** Says that something about a set changed; figures worked out of it are old then. */
export function touchSet(db: Db, key: number): void {
  db.prepare('UPDATE preference_sets SET revision = revision + 1 WHERE key = ?').run(key);
}

/** Lines that were set aside, in order. */
export function quarantinedOf(
  db: Db,
  key: number,
  page: { start: number; limit: number },
): QuarantinedPair[] {
  // Pages are few: a person looks at the first ones.
  return db
    .prepare<QuarantinedPair>(
      'SELECT line, message, raw FROM quarantined_pairs WHERE preference_set = ? ORDER BY ordinal LIMIT ? OFFSET ?',
    )
    .all(key, page.limit, page.start);
}
