import type {
  GroupKind,
  ProductionTarget,
  QualityProfile,
} from '../../../shared/features/quality/quality.model.ts';
import type { GlossaryTerm } from '../../../shared/features/quality/signs/glossary.rules.ts';
import type { Db } from '../../core/ports.ts';

export type StoredProfile = {
  profile: QualityProfile;
  revision: number;
  stateHash: Uint8Array;
  analysedAt: number;
};

type ProfileRow = { profile: string; revision: number; state_hash: Uint8Array; analysed_at: number };

/** The last analysis of a data set. */
export function findProfile(db: Db, datasetId: string): StoredProfile | null {
  const row = db.prepare<ProfileRow>('SELECT * FROM quality_profiles WHERE dataset_id = ?').get(datasetId);
  if (!row) return null;
  return {
    profile: JSON.parse(row.profile) as QualityProfile,
    revision: row.revision,
    stateHash: row.state_hash,
    analysedAt: row.analysed_at,
  };
}

/** Puts an analysis in the place of the one before; the groups of that one go with it. */
export function replaceProfile(db: Db, datasetId: string, stored: StoredProfile): void {
  for (const table of ['quality_group_members', 'quality_groups', 'quality_profiles']) {
    db.prepare(`DELETE FROM ${table} WHERE dataset_id = ?`).run(datasetId);
  }
  db.prepare(
    'INSERT INTO quality_profiles (dataset_id, revision, state_hash, analysed_at, profile) VALUES (?, ?, ?, ?, ?)',
  ).run(datasetId, stored.revision, stored.stateHash, stored.analysedAt, JSON.stringify(stored.profile));
}

/** Writes down that the data set is, at a later revision, still what was analysed. */
export function setProfileRevision(db: Db, datasetId: string, revision: number): void {
  db.prepare('UPDATE quality_profiles SET revision = ? WHERE dataset_id = ?').run(revision, datasetId);
}

export type StoredGroup = { ordinal: number; size: number; similarity: number; isLeak: boolean };
export type StoredMember = { exampleId: number; contentId: number; length: number };

/** Writes a group with its members, the first one first. */
export function insertGroup(
  db: Db,
  of: { datasetId: string; kind: GroupKind },
  group: StoredGroup & { members: Iterable<StoredMember> },
): void {
  db.prepare(
    'INSERT INTO quality_groups (dataset_id, kind, ordinal, size, similarity, is_leak) VALUES (?, ?, ?, ?, ?, ?)',
  ).run(of.datasetId, of.kind, group.ordinal, group.size, group.similarity, group.isLeak ? 1 : 0);
  const insert = db.prepare(
    `INSERT INTO quality_group_members (dataset_id, kind, ordinal, place, example_id, content_id, length)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  let place = 0;
  for (const { exampleId, contentId, length } of group.members) {
    insert.run(of.datasetId, of.kind, group.ordinal, place, exampleId, contentId, length);
    place += 1;
  }
}

/** How many groups of a kind there are. */
export function countGroups(db: Db, of: { datasetId: string; kind: GroupKind }): number {
  return (
    db
      .prepare<{ count: number }>(
        'SELECT COUNT(*) AS count FROM quality_groups WHERE dataset_id = ? AND kind = ?',
      )
      .get(of.datasetId, of.kind)?.count ?? 0
  );
}

/** Groups of a kind from an ordinal on. */
export function groupPage(
  db: Db,
  of: { datasetId: string; kind: GroupKind },
  page: { start: number; limit: number },
): StoredGroup[] {
  return db
    .prepare<{ ordinal: number; size: number; similarity: number; is_leak: number }>(
      `SELECT ordinal, size, similarity, is_leak FROM quality_groups
       WHERE dataset_id = ? AND kind = ? AND ordinal >= ? ORDER BY ordinal LIMIT ?`,
    )
    .all(of.datasetId, of.kind, page.start, page.limit)
    .map(({ is_leak, ...group }) => ({ ...group, isLeak: is_leak === 1 }));
}

/** Members of a group, the first one first. */
export function groupMembers(
  db: Db,
  group: { datasetId: string; kind: GroupKind; ordinal: number },
  limit: number,
): StoredMember[] {
  return db
    .prepare<StoredMember>(
      `SELECT example_id AS exampleId, content_id AS contentId, length FROM quality_group_members
       WHERE dataset_id = ? AND kind = ? AND ordinal = ? ORDER BY place LIMIT ?`,
    )
    .all(group.datasetId, group.kind, group.ordinal, limit);
}

/** What production looks like, as far as somebody said. */
export function findProduction(db: Db, datasetId: string): ProductionTarget | null {
  const row = db
    .prepare<{ target: string }>('SELECT target FROM quality_production WHERE dataset_id = ?')
    .get(datasetId);
  return row ? (JSON.parse(row.target) as ProductionTarget) : null;
}

/** Sets, or with null forgets, what production looks like. */
export function setProduction(db: Db, datasetId: string, target: ProductionTarget | null): void {
  if (target === null) db.prepare('DELETE FROM quality_production WHERE dataset_id = ?').run(datasetId);
  else {
    db.prepare('INSERT OR REPLACE INTO quality_production (dataset_id, target) VALUES (?, ?)').run(
      datasetId,
      JSON.stringify(target),
    );
  }
}

/** All terms of the workspace, by kind and term. */
export function listTerms(db: Db): GlossaryTerm[] {
  return db
    .prepare<GlossaryTerm>('SELECT kind, term, replacement FROM quality_terms ORDER BY kind, term')
    .all();
}

/** Sets a term, or takes it away when `replacement` is undefined. */
export function setTerm(
  db: Db,
  term: Pick<GlossaryTerm, 'kind' | 'term'> & { replacement: string | null | undefined },
): void {
  if (term.replacement === undefined) {
    db.prepare('DELETE FROM quality_terms WHERE kind = ? AND term = ?').run(term.kind, term.term);
  } else {
    db.prepare('INSERT OR REPLACE INTO quality_terms (kind, term, replacement) VALUES (?, ?, ?)').run(
      term.kind,
      term.term,
      term.replacement,
    );
  }
}
