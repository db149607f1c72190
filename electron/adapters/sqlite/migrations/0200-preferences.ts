import type { Migration } from '../migrate.ts';

const pairs = `
CREATE TABLE preference_sets (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL CHECK (name <> ''),
  kind TEXT NOT NULL CHECK (kind IN ('pairs', 'ratings')),
  source TEXT NOT NULL,
  source_name TEXT NOT NULL,
  settings TEXT NOT NULL,
  prompts INTEGER NOT NULL CHECK (prompts >= 0),
  pairs INTEGER NOT NULL CHECK (pairs >= 0),
  repeats INTEGER NOT NULL CHECK (repeats BETWEEN 0 AND pairs),
  quarantined INTEGER NOT NULL CHECK (quarantined >= 0),
  verdicts INTEGER NOT NULL DEFAULT 0 CHECK (verdicts >= 0),
  finished INTEGER NOT NULL DEFAULT 0 CHECK (finished >= 0),
  revision INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL,
  closed_at INTEGER,
  unblinded_at INTEGER,
  deleted_at INTEGER
) STRICT;

CREATE TABLE preference_prompts (
  id INTEGER PRIMARY KEY,
  preference_set INTEGER NOT NULL REFERENCES preference_sets (key),
  ordinal INTEGER NOT NULL CHECK (ordinal > 0),
  input TEXT NOT NULL,
  preview TEXT NOT NULL,
  prompt_hash BLOB NOT NULL CHECK (length(prompt_hash) = 8),
  cluster INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX preference_prompts_by_set ON preference_prompts (preference_set, ordinal);

CREATE TABLE preference_candidates (
  id INTEGER PRIMARY KEY,
  prompt_id INTEGER NOT NULL REFERENCES preference_prompts (id),
  ordinal INTEGER NOT NULL CHECK (ordinal > 0),
  message TEXT NOT NULL,
  preview TEXT NOT NULL,
  source TEXT NOT NULL,
  characters INTEGER NOT NULL CHECK (characters >= 0),
  tokens INTEGER NOT NULL CHECK (tokens >= 0),
  edited_from INTEGER,
  created_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX preference_candidates_by_prompt ON preference_candidates (prompt_id, ordinal);

CREATE TABLE preference_pairs (
  id INTEGER PRIMARY KEY,
  preference_set INTEGER NOT NULL REFERENCES preference_sets (key),
  position INTEGER NOT NULL CHECK (position > 0),
  prompt_id INTEGER NOT NULL REFERENCES preference_prompts (id),
  a_candidate INTEGER NOT NULL,
  b_candidate INTEGER,
  repeat_of INTEGER REFERENCES preference_pairs (id),
  verdicts INTEGER NOT NULL DEFAULT 0 CHECK (verdicts >= 0),
  is_disputed INTEGER NOT NULL DEFAULT 0 CHECK (is_disputed IN (0, 1)),
  CHECK (a_candidate <> b_candidate)
) STRICT;
CREATE UNIQUE INDEX preference_pairs_by_position ON preference_pairs (preference_set, position);
CREATE INDEX preference_pairs_disputed ON preference_pairs (preference_set, position) WHERE is_disputed = 1;
CREATE INDEX preference_pairs_by_prompt ON preference_pairs (prompt_id);
CREATE INDEX preference_pairs_by_repeat ON preference_pairs (repeat_of) WHERE repeat_of IS NOT NULL;

CREATE TABLE preference_assignments (
  reviewer TEXT NOT NULL CHECK (reviewer <> ''),
  pair_id INTEGER NOT NULL REFERENCES preference_pairs (id),
  PRIMARY KEY (reviewer, pair_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX preference_assignments_by_pair ON preference_assignments (pair_id);
`;

const verdicts = `
CREATE TABLE preference_verdicts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  preference_set INTEGER NOT NULL,
  pair_id INTEGER NOT NULL REFERENCES preference_pairs (id),
  reviewer TEXT NOT NULL CHECK (reviewer <> ''),
  role TEXT NOT NULL CHECK (role IN ('reviewer', 'adjudicator')),
  choice TEXT CHECK (choice IN ('a', 'b', 'both_good', 'both_bad', 'tie')),
  rating INTEGER CHECK (rating BETWEEN 1 AND 5),
  strength INTEGER CHECK (strength BETWEEN 1 AND 3),
  reasons TEXT NOT NULL,
  note TEXT NOT NULL,
  ideal_candidate INTEGER,
  is_blind INTEGER NOT NULL CHECK (is_blind IN (0, 1)),
  elapsed_ms INTEGER NOT NULL CHECK (elapsed_ms >= 0),
  decided_at INTEGER NOT NULL,
  origin TEXT NOT NULL CHECK (origin IN ('window', 'file')),
  ballot TEXT,
  replaces INTEGER,
  state TEXT NOT NULL CHECK (state IN ('current', 'replaced', 'withdrawn')),
  CHECK ((choice IS NULL) <> (rating IS NULL)),
  CHECK (strength IS NULL OR choice IN ('a', 'b'))
) STRICT;
CREATE UNIQUE INDEX preference_verdicts_current ON preference_verdicts (pair_id, role, reviewer)
  WHERE state = 'current';
CREATE INDEX preference_verdicts_by_pair ON preference_verdicts (pair_id, id);
CREATE INDEX preference_verdicts_by_reviewer ON preference_verdicts (preference_set, reviewer, id)
  WHERE state = 'current';

CREATE TABLE preference_work (
  pair_id INTEGER NOT NULL REFERENCES preference_pairs (id),
  reviewer TEXT NOT NULL CHECK (reviewer <> ''),
  preference_set INTEGER NOT NULL REFERENCES preference_sets (key),
  is_skipped INTEGER NOT NULL CHECK (is_skipped IN (0, 1)),
  is_flagged INTEGER NOT NULL CHECK (is_flagged IN (0, 1)),
  draft TEXT,
  PRIMARY KEY (pair_id, reviewer)
) STRICT, WITHOUT ROWID;
CREATE INDEX preference_work_by_reviewer ON preference_work (preference_set, reviewer, is_skipped, is_flagged);

CREATE TABLE preference_reasons (
  code TEXT PRIMARY KEY,
  label TEXT NOT NULL CHECK (label <> ''),
  place INTEGER NOT NULL,
  is_hidden INTEGER NOT NULL CHECK (is_hidden IN (0, 1))
) STRICT, WITHOUT ROWID;
INSERT INTO preference_reasons VALUES
  ('accuracy', 'Accuracy', 1, 0), ('completeness', 'Completeness', 2, 0), ('tone', 'Tone', 3, 0),
  ('format', 'Format', 4, 0), ('safety', 'Safety', 5, 0), ('length', 'Length', 6, 0);

CREATE TABLE quarantined_pairs (
  preference_set INTEGER NOT NULL REFERENCES preference_sets (key),
  ordinal INTEGER NOT NULL CHECK (ordinal > 0),
  line INTEGER NOT NULL CHECK (line > 0),
  message TEXT NOT NULL,
  raw TEXT NOT NULL,
  PRIMARY KEY (preference_set, ordinal)
) STRICT, WITHOUT ROWID;
`;

const files = `
CREATE TABLE review_files (
  id TEXT PRIMARY KEY,
  preference_set INTEGER NOT NULL REFERENCES preference_sets (key),
  title TEXT NOT NULL CHECK (title <> ''),
  set_sha256 TEXT NOT NULL CHECK (length(set_sha256) = 64),
  pair_ids BLOB NOT NULL CHECK (length(pair_ids) > 0 AND length(pair_ids) % 4 = 0),
  reviewer TEXT CHECK (reviewer <> ''),
  is_blind INTEGER NOT NULL CHECK (is_blind IN (0, 1)),
  salt BLOB NOT NULL CHECK (length(salt) = 16),
  iterations INTEGER NOT NULL CHECK (iterations >= 600000),
  file_name TEXT NOT NULL CHECK (file_name <> ''),
  size_bytes INTEGER NOT NULL CHECK (size_bytes > 0),
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX review_files_by_set ON review_files (preference_set, created_at);

CREATE TABLE ballots (
  sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
  review_file TEXT NOT NULL REFERENCES review_files (id),
  public_key TEXT NOT NULL,
  sequence INTEGER NOT NULL CHECK (sequence > 0),
  reviewer TEXT NOT NULL CHECK (reviewer <> ''),
  verdicts INTEGER NOT NULL CHECK (verdicts >= 0),
  merged_at INTEGER NOT NULL,
  is_merged INTEGER NOT NULL CHECK (is_merged IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE INDEX ballots_by_file ON ballots (review_file, public_key, sequence);
CREATE INDEX ballots_by_key ON ballots (public_key);
`;

/**
 * Preferences. A prompt has candidates, two of which make a pair; a repeat is a pair of its own with its sides swapped.
 * Verdicts are added and never rewritten: a changed one replaces the former, a withdrawn one was undone. An ideal answer
 * is a candidate edited from another.
 */
export const preferences: Migration = {
  version: 200,
  name: 'preferences',
  up(db) {
    db.exec(pairs);
    db.exec(verdicts);
    db.exec(files);
  },
};
