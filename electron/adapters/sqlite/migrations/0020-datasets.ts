import type { Migration } from '../migrate.ts';

const examples = `
CREATE TABLE datasets (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL CHECK (name <> ''),
  is_demo INTEGER NOT NULL CHECK (is_demo IN (0, 1)),
  source_name TEXT NOT NULL,
  source_sha256 TEXT NOT NULL CHECK (length(source_sha256) = 64),
  source_bytes INTEGER NOT NULL CHECK (source_bytes >= 0),
  line_count INTEGER NOT NULL CHECK (line_count >= 0),
  quarantined_count INTEGER NOT NULL CHECK (quarantined_count >= 0),
  first_content_id INTEGER NOT NULL,
  last_content_id INTEGER NOT NULL DEFAULT 0,
  split_recipe TEXT,
  import_state TEXT NOT NULL DEFAULT 'ready' CHECK (import_state IN ('reading', 'ready')),
  imported_parts INTEGER NOT NULL DEFAULT 0 CHECK (imported_parts >= 0),
  imported_lines INTEGER NOT NULL DEFAULT 0 CHECK (imported_lines >= 0),
  revision INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL,
  deleted_at INTEGER
) STRICT;
CREATE INDEX datasets_by_source ON datasets (source_sha256);

CREATE TABLE examples (
  id INTEGER PRIMARY KEY,
  dataset INTEGER NOT NULL REFERENCES datasets (key),
  position INTEGER NOT NULL CHECK (position > 0),
  line INTEGER NOT NULL CHECK (line > 0),
  content_id INTEGER NOT NULL,
  split TEXT CHECK (split IN ('train', 'validation', 'test')),
  deleted_at INTEGER,
  is_edited INTEGER NOT NULL CHECK (is_edited IN (0, 1)),
  tokens INTEGER NOT NULL,
  message_count INTEGER NOT NULL,
  has_images INTEGER NOT NULL CHECK (has_images IN (0, 1)),
  errors INTEGER NOT NULL,
  warnings INTEGER NOT NULL,
  infos INTEGER NOT NULL,
  label TEXT,
  identity BLOB NOT NULL CHECK (length(identity) = 32),
  prompt_hash BLOB NOT NULL CHECK (length(prompt_hash) = 8),
  answer_hash BLOB NOT NULL CHECK (length(answer_hash) = 8),
  duplicate_of INTEGER,
  conflicts_with INTEGER
) STRICT;
CREATE UNIQUE INDEX examples_by_position ON examples (dataset, position);
CREATE UNIQUE INDEX examples_by_content ON examples (content_id);
CREATE INDEX examples_by_label ON examples (dataset, label) WHERE label IS NOT NULL;
CREATE TABLE example_prompts (
  dataset INTEGER NOT NULL,
  prompt_start BLOB NOT NULL CHECK (length(prompt_start) = 4),
  example_id INTEGER NOT NULL,
  PRIMARY KEY (dataset, prompt_start, example_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER example_prompts_changed AFTER UPDATE OF dataset, prompt_hash ON examples
  WHEN NEW.prompt_hash <> OLD.prompt_hash OR NEW.dataset <> OLD.dataset
BEGIN
  INSERT OR IGNORE INTO example_prompts VALUES (NEW.dataset, substr(NEW.prompt_hash, 1, 4), NEW.id);
END;
CREATE INDEX examples_by_split
  ON examples (dataset, split, position, tokens, message_count, has_images, is_edited, errors, warnings, infos, duplicate_of,
    conflicts_with, deleted_at)
  WHERE deleted_at IS NULL;
`;

const contents = `
CREATE TABLE contents (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  example_id INTEGER NOT NULL,
  previous_id INTEGER,
  batch TEXT,
  origin TEXT CHECK (origin <> ''),
  change_label TEXT,
  created_at INTEGER,
  has_tools INTEGER NOT NULL CHECK (has_tools IN (0, 1)),
  message_tokens TEXT NOT NULL,
  images TEXT,
  identity BLOB CHECK (length(identity) = 32),
  prompt_hash BLOB CHECK (length(prompt_hash) = 8),
  answer_hash BLOB CHECK (length(answer_hash) = 8),
  tokens INTEGER,
  message_count INTEGER,
  errors INTEGER,
  warnings INTEGER,
  infos INTEGER,
  label TEXT,
  prompt TEXT,
  answer TEXT,
  bytes BLOB NOT NULL
) STRICT;
CREATE INDEX contents_by_example ON contents (example_id, id) WHERE batch IS NOT NULL;
CREATE INDEX contents_by_batch ON contents (batch) WHERE batch IS NOT NULL;

CREATE TABLE search_progress (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  upto_content_id INTEGER NOT NULL
) STRICT;
INSERT INTO search_progress VALUES (1, 0);

CREATE TABLE findings (
  content_id INTEGER NOT NULL,
  ordinal INTEGER NOT NULL,
  code TEXT NOT NULL,
  severity TEXT NOT NULL CHECK (severity IN ('error', 'warning', 'info')),
  pointer TEXT NOT NULL,
  message TEXT NOT NULL,
  expected TEXT,
  found TEXT,
  fix_kind TEXT,
  fix_label TEXT,
  PRIMARY KEY (content_id, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX findings_by_code ON findings (code, content_id);

CREATE TABLE quarantined_lines (
  dataset INTEGER NOT NULL REFERENCES datasets (key),
  line INTEGER NOT NULL CHECK (line > 0),
  byte_offset INTEGER NOT NULL CHECK (byte_offset >= 0),
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  raw BLOB NOT NULL,
  PRIMARY KEY (dataset, line)
) STRICT;

CREATE TABLE example_tags (
  example_id INTEGER NOT NULL REFERENCES examples (id),
  tag TEXT NOT NULL CHECK (tag <> ''),
  dataset INTEGER NOT NULL,
  PRIMARY KEY (example_id, tag)
) STRICT, WITHOUT ROWID;
CREATE INDEX example_tags_by_tag ON example_tags (dataset, tag, example_id);
`;

/**
 * Data sets. An example is a narrow row that points at its present content; what a content says is written once and never
 * changed, so that undo only moves the pointer. What is worked out about a content stands on the example while it shows
 * it, and is copied to the content when another takes its place. The search index lies in files of its own.
 *
 * Examples that ask the same are found by the beginning of the prompt's hash, in a table that an import fills in its order
 * at the end: as an index it would have every page rewritten with every part of a file. It names all that may ask the same;
 * what an example asked once may stay in it.
 */
export const datasets: Migration = {
  version: 20,
  name: 'datasets',
  up(db) {
    db.exec(examples);
    db.exec(contents);
  },
};
