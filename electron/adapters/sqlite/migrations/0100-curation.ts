import type { Migration } from '../migrate.ts';

const counters = `
ALTER TABLE examples ADD COLUMN mark_errors INTEGER NOT NULL DEFAULT 0 CHECK (mark_errors >= 0);
ALTER TABLE examples ADD COLUMN mark_warnings INTEGER NOT NULL DEFAULT 0 CHECK (mark_warnings >= 0);
ALTER TABLE examples ADD COLUMN mark_infos INTEGER NOT NULL DEFAULT 0 CHECK (mark_infos >= 0);
ALTER TABLE examples ADD COLUMN approvals INTEGER NOT NULL DEFAULT 0 CHECK (approvals >= 0);
ALTER TABLE examples ADD COLUMN rejections INTEGER NOT NULL DEFAULT 0 CHECK (rejections >= 0);
CREATE INDEX examples_with_marks ON examples (dataset, deleted_at, mark_errors, mark_warnings, mark_infos)
  WHERE mark_errors + mark_warnings + mark_infos > 0;
CREATE INDEX examples_reviewed ON examples (dataset, deleted_at, approvals, rejections)
  WHERE approvals + rejections > 0;
ALTER TABLE datasets ADD COLUMN required_approvals INTEGER NOT NULL DEFAULT 1
  CHECK (required_approvals BETWEEN 1 AND 9);
ALTER TABLE datasets ADD COLUMN is_review_required INTEGER NOT NULL DEFAULT 0
  CHECK (is_review_required IN (0, 1));
`;

const tables = `
CREATE TABLE example_marks (
  id INTEGER PRIMARY KEY,
  dataset INTEGER NOT NULL REFERENCES datasets (key),
  source TEXT NOT NULL CHECK (source IN ('quality', 'privacy', 'moderation', 'rows')),
  example_id INTEGER NOT NULL REFERENCES examples (id),
  code TEXT NOT NULL,
  severity TEXT NOT NULL CHECK (severity IN ('error', 'warning', 'info')),
  pointer TEXT NOT NULL,
  message TEXT NOT NULL,
  related_id INTEGER
) STRICT;
CREATE INDEX example_marks_by_example ON example_marks (example_id, code, severity);
CREATE INDEX example_marks_by_source ON example_marks (dataset, source);

CREATE TABLE review_decisions (
  example_id INTEGER NOT NULL REFERENCES examples (id),
  content_id INTEGER NOT NULL,
  reviewer TEXT NOT NULL CHECK (reviewer <> ''),
  decision TEXT NOT NULL CHECK (decision IN ('approved', 'rejected')),
  dataset INTEGER NOT NULL,
  PRIMARY KEY (example_id, content_id, reviewer)
) STRICT, WITHOUT ROWID;
CREATE INDEX review_decisions_by_reviewer ON review_decisions (dataset, reviewer);

CREATE TABLE content_names (
  content_id INTEGER PRIMARY KEY,
  roles INTEGER NOT NULL,
  tools TEXT
) STRICT;

CREATE TABLE example_comments (
  id TEXT PRIMARY KEY,
  example_id INTEGER NOT NULL REFERENCES examples (id),
  dataset INTEGER NOT NULL,
  pointer TEXT NOT NULL,
  reviewer TEXT NOT NULL CHECK (reviewer <> ''),
  body TEXT NOT NULL CHECK (body <> ''),
  created_at INTEGER NOT NULL,
  is_resolved INTEGER NOT NULL CHECK (is_resolved IN (0, 1)),
  is_hidden INTEGER NOT NULL CHECK (is_hidden IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE INDEX example_comments_by_example ON example_comments (example_id, is_hidden, is_resolved);
CREATE INDEX example_comments_by_dataset ON example_comments (dataset, is_hidden);

CREATE TABLE saved_views (
  id TEXT PRIMARY KEY,
  dataset INTEGER REFERENCES datasets (key),
  name TEXT NOT NULL CHECK (name <> ''),
  filter TEXT NOT NULL,
  sort TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  is_hidden INTEGER NOT NULL CHECK (is_hidden IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE INDEX saved_views_by_dataset ON saved_views (dataset, is_hidden);
`;

/**
 * Curating: marks that other features make, decisions of reviewers, comments, saved filters, and which roles and tools a
 * content names (worked out when somebody first filters by them). A decision holds for the
 * content it was made on, so an edit after it needs a new one, and undoing the edit brings the old one back. How many
 * marks and decisions hold is kept on the example, so that lists filter without a second look.
 */
export const curation: Migration = {
  version: 100,
  name: 'curation',
  up(db) {
    db.exec(counters);
    db.exec(tables);
  },
};
