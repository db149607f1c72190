import type { Migration } from '../migrate.ts';

const tables = `
CREATE TABLE quality_profiles (
  dataset_id TEXT PRIMARY KEY,
  revision INTEGER NOT NULL,
  state_hash BLOB NOT NULL CHECK (length(state_hash) = 32),
  analysed_at INTEGER NOT NULL,
  profile TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE quality_groups (
  dataset_id TEXT NOT NULL REFERENCES quality_profiles (dataset_id),
  kind TEXT NOT NULL CHECK (kind IN ('exact', 'near', 'contradiction')),
  ordinal INTEGER NOT NULL CHECK (ordinal >= 0),
  size INTEGER NOT NULL CHECK (size > 1),
  similarity REAL NOT NULL CHECK (similarity BETWEEN 0 AND 1),
  is_leak INTEGER NOT NULL CHECK (is_leak IN (0, 1)),
  PRIMARY KEY (dataset_id, kind, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE quality_group_members (
  dataset_id TEXT NOT NULL REFERENCES quality_profiles (dataset_id),
  kind TEXT NOT NULL,
  ordinal INTEGER NOT NULL,
  place INTEGER NOT NULL CHECK (place >= 0),
  example_id INTEGER NOT NULL,
  content_id INTEGER NOT NULL,
  length INTEGER NOT NULL CHECK (length >= 0),
  PRIMARY KEY (dataset_id, kind, ordinal, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE quality_production (
  dataset_id TEXT PRIMARY KEY,
  target TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE quality_terms (
  kind TEXT NOT NULL CHECK (kind IN ('word', 'preferred', 'forbidden')),
  term TEXT NOT NULL CHECK (term <> ''),
  replacement TEXT CHECK (replacement <> ''),
  PRIMARY KEY (kind, term),
  CHECK (kind <> 'preferred' OR replacement IS NOT NULL)
) STRICT, WITHOUT ROWID;
`;

/**
 * What an analysis found out about a data set (worked out anew as a whole), what production looks like, and the words of
 * the workspace. Marks on examples are kept with the other features' in `example_marks`.
 */
export const quality: Migration = {
  version: 110,
  name: 'quality',
  up(db) {
    db.exec(tables);
  },
};
