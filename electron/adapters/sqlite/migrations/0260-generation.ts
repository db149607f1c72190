import type { Migration } from '../migrate.ts';

const tables = `
CREATE TABLE generations (
  id TEXT PRIMARY KEY,
  task_id TEXT,
  set_id TEXT NOT NULL,
  name TEXT NOT NULL CHECK (name <> ''),
  kind TEXT NOT NULL CHECK (kind IN ('pairs', 'ratings')),
  settings TEXT NOT NULL,
  request TEXT NOT NULL,
  dataset_name TEXT NOT NULL,
  connection_name TEXT NOT NULL,
  provider_kind TEXT NOT NULL CHECK (provider_kind IN ('practice', 'openai', 'compatible')),
  host TEXT NOT NULL,
  prompts INTEGER NOT NULL CHECK (prompts > 0),
  requests INTEGER NOT NULL CHECK (requests >= prompts),
  prompts_sha256 TEXT NOT NULL CHECK (length(prompts_sha256) = 64),
  created_at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX generations_by_set ON generations (set_id);
CREATE INDEX generations_by_time ON generations (created_at);

CREATE TABLE generation_prompts (
  id INTEGER PRIMARY KEY,
  generation_id TEXT NOT NULL REFERENCES generations (id),
  ordinal INTEGER NOT NULL CHECK (ordinal > 0),
  line INTEGER NOT NULL CHECK (line > 0),
  input TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX generation_prompts_by_ordinal ON generation_prompts (generation_id, ordinal);

CREATE TABLE generation_answers (
  prompt_id INTEGER NOT NULL REFERENCES generation_prompts (id),
  slot INTEGER NOT NULL CHECK (slot BETWEEN 0 AND 7),
  generation_id TEXT NOT NULL REFERENCES generations (id),
  message TEXT,
  failure TEXT,
  finish_reason TEXT NOT NULL,
  input_tokens INTEGER NOT NULL CHECK (input_tokens >= 0),
  output_tokens INTEGER NOT NULL CHECK (output_tokens >= 0),
  answered_at INTEGER NOT NULL,
  CHECK ((message IS NULL) <> (failure IS NULL)),
  PRIMARY KEY (prompt_id, slot)
) STRICT;
CREATE INDEX generation_answers_by_generation ON generation_answers (generation_id, slot, failure);
`;

/** Answers that models were asked for: the prompts as they were sent, and every answer as it came, once. */
export const generation: Migration = {
  version: 260,
  name: 'generation',
  up(db) {
    db.exec(tables);
  },
};
