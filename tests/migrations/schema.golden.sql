-- user_version 260

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

CREATE TABLE connection_facts (
  connection_id TEXT PRIMARY KEY,
  blocked_since INTEGER,
  blocked_message TEXT,
  test TEXT,
  models TEXT,
  models_read_at INTEGER,
  CHECK ((blocked_since IS NULL) = (blocked_message IS NULL)),
  CHECK ((models IS NULL) = (models_read_at IS NULL))
) STRICT;

CREATE TABLE connections (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('openai', 'compatible')),
  name TEXT NOT NULL CHECK (name <> ''),
  base_url TEXT NOT NULL,
  host TEXT NOT NULL,
  organization TEXT,
  project TEXT,
  key_last4 TEXT NOT NULL CHECK (length(key_last4) <= 4),
  key_stored TEXT NOT NULL CHECK (key_stored IN ('keychain', 'safeStorage', 'memory')),
  created_at INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX connections_by_name ON connections (name);

CREATE TABLE content_names (
  content_id INTEGER PRIMARY KEY,
  roles INTEGER NOT NULL,
  tools TEXT
) STRICT;

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

CREATE INDEX contents_by_batch ON contents (batch) WHERE batch IS NOT NULL;

CREATE INDEX contents_by_example ON contents (example_id, id) WHERE batch IS NOT NULL;

CREATE TABLE dataset_branches (
  dataset_id TEXT PRIMARY KEY,
  version_id TEXT NOT NULL REFERENCES versions (id)
) STRICT, WITHOUT ROWID;

CREATE INDEX dataset_branches_by_version ON dataset_branches (version_id);

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
, method TEXT NOT NULL DEFAULT 'sft' CHECK (method IN ('sft', 'dpo', 'rft')), grader TEXT CHECK (grader IS NULL OR json_valid(grader)), required_approvals INTEGER NOT NULL DEFAULT 1
  CHECK (required_approvals BETWEEN 1 AND 9), is_review_required INTEGER NOT NULL DEFAULT 0
  CHECK (is_review_required IN (0, 1))) STRICT;

CREATE INDEX datasets_by_source ON datasets (source_sha256);

CREATE TABLE egress_approvals (
  id_sha256 TEXT PRIMARY KEY CHECK (length(id_sha256) = 64),
  subject_sha256 TEXT NOT NULL CHECK (length(subject_sha256) = 64),
  minted_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  used_at INTEGER
) STRICT;

CREATE INDEX egress_approvals_by_expiry ON egress_approvals (expires_at);

CREATE TABLE egress_gate (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  position TEXT NOT NULL CHECK (position IN ('offline', 'online')),
  moved_at INTEGER
) STRICT;

CREATE TABLE egress_ledger (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('gate', 'request', 'outcome')),
  request_seq INTEGER REFERENCES egress_ledger (seq),
  connection_id TEXT,
  host TEXT,
  purpose TEXT,
  method TEXT,
  path TEXT,
  bytes_out INTEGER CHECK (bytes_out >= 0),
  body_sha256 TEXT CHECK (length(body_sha256) = 64),
  intent_id TEXT,
  status INTEGER,
  detail TEXT NOT NULL,
  prev_hash TEXT NOT NULL CHECK (length(prev_hash) = 64),
  hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),
  CHECK ((kind = 'request') = (body_sha256 IS NOT NULL)),
  CHECK ((kind = 'outcome') = (request_seq IS NOT NULL))
) STRICT;

CREATE UNIQUE INDEX egress_one_outcome ON egress_ledger (request_seq) WHERE kind = 'outcome';

CREATE INDEX egress_requests ON egress_ledger (seq, purpose) WHERE kind = 'request';

CREATE INDEX egress_requests_by_host ON egress_ledger (host, at, bytes_out) WHERE kind = 'request';

CREATE TRIGGER egress_is_append_only_delete BEFORE DELETE ON egress_ledger
  BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

CREATE TRIGGER egress_is_append_only_update BEFORE UPDATE ON egress_ledger
  BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

CREATE VIRTUAL TABLE eval_item_texts USING fts5 (
  prompt, expected, base_answer, tuned_answer,
  content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TABLE 'eval_item_texts_config'(k PRIMARY KEY, v) WITHOUT ROWID;

CREATE TABLE 'eval_item_texts_data'(id INTEGER PRIMARY KEY, block BLOB);

CREATE TABLE 'eval_item_texts_docsize'(id INTEGER PRIMARY KEY, sz BLOB, origin INTEGER);

CREATE TABLE 'eval_item_texts_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;

CREATE TABLE eval_items (
  id INTEGER PRIMARY KEY,
  eval_id TEXT NOT NULL REFERENCES evals (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  example_id INTEGER NOT NULL,
  outcome TEXT CHECK (outcome IN ('improved', 'worsened', 'both_right', 'both_wrong', 'unchanged')),
  base_score REAL CHECK (base_score BETWEEN 0 AND 1),
  tuned_score REAL CHECK (tuned_score BETWEEN 0 AND 1),
  is_answered INTEGER NOT NULL CHECK (is_answered IN (0, 1)),
  prompt_excerpt TEXT NOT NULL,
  expected_excerpt TEXT NOT NULL,
  base_excerpt TEXT,
  tuned_excerpt TEXT,
  base_answer TEXT CHECK (json_valid(base_answer)),
  tuned_answer TEXT CHECK (json_valid(tuned_answer)),
  grades TEXT CHECK (json_valid(grades)),
  expected TEXT NOT NULL CHECK (json_valid(expected)),
  tools TEXT NOT NULL CHECK (json_valid(tools)),
  prompt TEXT NOT NULL CHECK (json_valid(prompt)),
  UNIQUE (eval_id, position)
) STRICT;

CREATE INDEX eval_items_by_outcome ON eval_items (eval_id, outcome, position);

CREATE INDEX eval_items_open ON eval_items (eval_id, position) WHERE is_answered = 0;

CREATE TABLE evals (
  id TEXT PRIMARY KEY,
  task_id TEXT,
  name TEXT NOT NULL,
  job_id TEXT NOT NULL,
  dataset_id TEXT NOT NULL,
  dataset_name TEXT NOT NULL,
  connection_id TEXT NOT NULL,
  provider_kind TEXT NOT NULL CHECK (provider_kind IN ('practice', 'openai', 'compatible')),
  base_model TEXT NOT NULL,
  tuned_model TEXT NOT NULL,
  seed INTEGER NOT NULL CHECK (seed >= 0),
  max_tokens INTEGER NOT NULL CHECK (max_tokens > 0),
  item_count INTEGER NOT NULL CHECK (item_count >= 0),
  answered INTEGER NOT NULL CHECK (answered BETWEEN 0 AND 2 * item_count),
  created_at INTEGER NOT NULL,
  ended_at INTEGER,
  graders TEXT NOT NULL CHECK (json_valid(graders)),
  results TEXT CHECK (json_valid(results)), data_version TEXT,
  CHECK ((results IS NULL) = (ended_at IS NULL))
) STRICT;

CREATE INDEX evals_by_created_at ON evals (created_at, id);

CREATE INDEX evals_by_job ON evals (job_id, created_at);

CREATE TABLE events (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  at INTEGER NOT NULL,
  feature TEXT NOT NULL,
  kind TEXT NOT NULL,
  label TEXT NOT NULL,
  forward TEXT NOT NULL,
  inverse TEXT,
  prev_hash TEXT NOT NULL CHECK (length(prev_hash) = 64),
  hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64)
) STRICT;

CREATE TRIGGER events_are_append_only_delete BEFORE DELETE ON events
  BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;

CREATE TRIGGER events_are_append_only_update BEFORE UPDATE ON events
  BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;

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

CREATE INDEX example_comments_by_dataset ON example_comments (dataset, is_hidden);

CREATE INDEX example_comments_by_example ON example_comments (example_id, is_hidden, is_resolved);

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

CREATE TABLE example_prompts (
  dataset INTEGER NOT NULL,
  prompt_start BLOB NOT NULL CHECK (length(prompt_start) = 4),
  example_id INTEGER NOT NULL,
  PRIMARY KEY (dataset, prompt_start, example_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE example_tags (
  example_id INTEGER NOT NULL REFERENCES examples (id),
  tag TEXT NOT NULL CHECK (tag <> ''),
  dataset INTEGER NOT NULL,
  PRIMARY KEY (example_id, tag)
) STRICT, WITHOUT ROWID;

CREATE INDEX example_tags_by_tag ON example_tags (dataset, tag, example_id);

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
, mark_errors INTEGER NOT NULL DEFAULT 0 CHECK (mark_errors >= 0), mark_warnings INTEGER NOT NULL DEFAULT 0 CHECK (mark_warnings >= 0), mark_infos INTEGER NOT NULL DEFAULT 0 CHECK (mark_infos >= 0), approvals INTEGER NOT NULL DEFAULT 0 CHECK (approvals >= 0), rejections INTEGER NOT NULL DEFAULT 0 CHECK (rejections >= 0)) STRICT;

CREATE UNIQUE INDEX examples_by_content ON examples (content_id);

CREATE INDEX examples_by_label ON examples (dataset, label) WHERE label IS NOT NULL;

CREATE UNIQUE INDEX examples_by_position ON examples (dataset, position);

CREATE INDEX examples_by_split
  ON examples (dataset, split, position, tokens, message_count, has_images, is_edited, errors, warnings, infos, duplicate_of,
  conflicts_with, deleted_at)
  WHERE deleted_at IS NULL;

CREATE INDEX examples_reviewed ON examples (dataset, deleted_at, approvals, rejections)
  WHERE approvals + rejections > 0;

CREATE INDEX examples_with_marks ON examples (dataset, deleted_at, mark_errors, mark_warnings, mark_infos)
  WHERE mark_errors + mark_warnings + mark_infos > 0;

CREATE TRIGGER example_prompts_changed AFTER UPDATE OF dataset, prompt_hash ON examples
  WHEN NEW.prompt_hash <> OLD.prompt_hash OR NEW.dataset <> OLD.dataset
BEGIN
  INSERT OR IGNORE INTO example_prompts VALUES (NEW.dataset, substr(NEW.prompt_hash, 1, 4), NEW.id);
END;

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

CREATE TABLE generation_prompts (
  id INTEGER PRIMARY KEY,
  generation_id TEXT NOT NULL REFERENCES generations (id),
  ordinal INTEGER NOT NULL CHECK (ordinal > 0),
  line INTEGER NOT NULL CHECK (line > 0),
  input TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX generation_prompts_by_ordinal ON generation_prompts (generation_id, ordinal);

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

CREATE TABLE import_recipes (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL CHECK (name <> ''),
  recipe TEXT NOT NULL CHECK (json_valid(recipe)),
  created_at INTEGER NOT NULL,
  used_at INTEGER,
  deleted_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX import_recipes_by_name ON import_recipes (name) WHERE deleted_at IS NULL;

CREATE TABLE imports (
  id TEXT PRIMARY KEY,
  dataset_id TEXT NOT NULL,
  first_line INTEGER NOT NULL CHECK (first_line > 0),
  last_line INTEGER NOT NULL CHECK (last_line >= first_line - 1),
  source_name TEXT NOT NULL,
  row_count INTEGER NOT NULL CHECK (row_count >= 0),
  quarantined_count INTEGER NOT NULL CHECK (quarantined_count BETWEEN 0 AND row_count),
  files TEXT NOT NULL CHECK (json_valid(files)),
  recipe TEXT CHECK (recipe IS NULL OR json_valid(recipe)),
  provenance TEXT NOT NULL CHECK (json_valid(provenance)),
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX imports_by_dataset ON imports (dataset_id, first_line);

CREATE TABLE job_checkpoints (
  job_id TEXT NOT NULL REFERENCES jobs (id),
  remote_id TEXT NOT NULL,
  model TEXT NOT NULL,
  step_number INTEGER NOT NULL,
  metrics TEXT NOT NULL,
  PRIMARY KEY (job_id, remote_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE job_events (
  job_id TEXT NOT NULL REFERENCES jobs (id),
  seq INTEGER NOT NULL,
  remote_id TEXT,
  at INTEGER NOT NULL,
  level TEXT NOT NULL CHECK (level IN ('info', 'warn', 'error')),
  message TEXT NOT NULL,
  PRIMARY KEY (job_id, seq)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX job_events_by_remote ON job_events (job_id, remote_id) WHERE remote_id IS NOT NULL;

CREATE TABLE job_metrics (
  job_id TEXT NOT NULL REFERENCES jobs (id),
  step INTEGER NOT NULL CHECK (step >= 0),
  total_steps INTEGER,
  metric_values TEXT NOT NULL,
  revision INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  PRIMARY KEY (job_id, step)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX job_metrics_by_revision ON job_metrics (job_id, revision);

CREATE TABLE jobs (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  dataset_id TEXT NOT NULL,
  dataset_name TEXT NOT NULL,
  connection_id TEXT NOT NULL,
  connection_name TEXT NOT NULL,
  provider_kind TEXT NOT NULL CHECK (provider_kind IN ('practice', 'openai', 'compatible')),
  host TEXT NOT NULL,
  model TEXT NOT NULL,
  suffix TEXT,
  seed INTEGER NOT NULL CHECK (seed BETWEEN 0 AND 2147483647),
  requested TEXT NOT NULL,
  config_sha256 TEXT NOT NULL CHECK (length(config_sha256) = 64),
  files TEXT NOT NULL,
  estimate TEXT,
  cap_micro_usd INTEGER NOT NULL CHECK (cap_micro_usd >= 0),
  intent_id TEXT NOT NULL UNIQUE,
  status TEXT NOT NULL CHECK (status IN ('preparing', 'uploading', 'launching', 'unknown_outcome',
  'validating_files', 'queued', 'running', 'pausing', 'paused', 'succeeded', 'failed', 'cancelled')),
  provider_status TEXT,
  training_file_id TEXT,
  validation_file_id TEXT,
  attempts INTEGER NOT NULL DEFAULT 0,
  sent_at INTEGER,
  remote_id TEXT,
  fine_tuned_model TEXT,
  resolved TEXT NOT NULL DEFAULT '{"nEpochs":null,"batchSize":null,"learningRateMultiplier":null}',
  trained_tokens INTEGER,
  step INTEGER,
  total_steps INTEGER,
  estimated_end_at INTEGER,
  problem TEXT,
  is_cancel_requested INTEGER NOT NULL DEFAULT 0 CHECK (is_cancel_requested IN (0, 1)),
  not_before INTEGER,
  waiting TEXT,
  failures INTEGER NOT NULL DEFAULT 0,
  event_cursor TEXT,
  weights_sha256 TEXT,
  pace TEXT CHECK (pace IN ('real_time', 'ten_times', 'instant')),
  created_at INTEGER NOT NULL,
  started_at INTEGER,
  ended_at INTEGER, data_version TEXT, method TEXT NOT NULL DEFAULT 'supervised' CHECK (method IN ('supervised', 'dpo')),
  CHECK ((ended_at IS NOT NULL) = (status IN ('succeeded', 'failed', 'cancelled'))),
  CHECK (status NOT IN ('validating_files', 'queued', 'running', 'pausing', 'paused', 'succeeded')
  OR remote_id IS NOT NULL)
) STRICT;

CREATE INDEX jobs_by_created_at ON jobs (created_at, id);

CREATE UNIQUE INDEX jobs_by_remote ON jobs (connection_id, remote_id) WHERE remote_id IS NOT NULL;

CREATE UNIQUE INDEX jobs_one_active ON jobs (config_sha256) WHERE ended_at IS NULL;

CREATE INDEX jobs_open ON jobs (connection_id) WHERE ended_at IS NULL;

CREATE TABLE moderation_checks (
  dataset_id TEXT PRIMARY KEY,
  connection_name TEXT NOT NULL,
  host TEXT NOT NULL,
  examples INTEGER NOT NULL CHECK (examples >= 0),
  flagged INTEGER NOT NULL CHECK (flagged BETWEEN 0 AND examples),
  ended_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE moderation_pending (
  dataset_id TEXT NOT NULL,
  batch INTEGER NOT NULL CHECK (batch >= 0),
  content_id INTEGER NOT NULL,
  PRIMARY KEY (dataset_id, batch, content_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE moderation_verdicts (
  connection_id TEXT NOT NULL,
  content_id INTEGER NOT NULL,
  flags TEXT NOT NULL CHECK (json_valid(flags)),
  PRIMARY KEY (connection_id, content_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE practice_checkpoints (
  id TEXT PRIMARY KEY,
  job_id TEXT NOT NULL REFERENCES practice_jobs (id) ON DELETE CASCADE,
  step INTEGER NOT NULL CHECK (step > 0),
  model TEXT NOT NULL,
  weights_sha256 TEXT NOT NULL,
  metrics TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  UNIQUE (job_id, step)
) STRICT;

CREATE TABLE practice_chunks (
  owner_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  content BLOB NOT NULL,
  PRIMARY KEY (owner_id, seq)
) STRICT;

CREATE TABLE practice_events (
  job_id TEXT NOT NULL REFERENCES practice_jobs (id) ON DELETE CASCADE,
  seq INTEGER NOT NULL,
  slot TEXT NOT NULL,
  id TEXT NOT NULL UNIQUE,
  level TEXT NOT NULL CHECK (level IN ('info', 'warn', 'error')),
  type TEXT NOT NULL CHECK (type IN ('message', 'metrics')),
  message TEXT NOT NULL,
  data TEXT,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (job_id, seq),
  UNIQUE (job_id, slot)
) STRICT;

CREATE TABLE practice_files (
  id TEXT PRIMARY KEY,
  size_bytes INTEGER NOT NULL CHECK (size_bytes >= 0),
  line_count INTEGER NOT NULL CHECK (line_count >= 0),
  filename TEXT NOT NULL,
  purpose TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('processed', 'error')),
  status_details TEXT,
  created_at INTEGER NOT NULL,
  expires_at INTEGER
) STRICT;

CREATE INDEX practice_files_by_time ON practice_files (created_at, id);

CREATE TABLE practice_jobs (
  id TEXT PRIMARY KEY,
  seq INTEGER NOT NULL UNIQUE,
  status TEXT NOT NULL CHECK (status IN
  ('validating_files', 'queued', 'running', 'pausing', 'paused', 'succeeded', 'failed', 'cancelled')),
  model TEXT NOT NULL,
  training_file TEXT NOT NULL,
  validation_file TEXT,
  suffix TEXT,
  seed INTEGER NOT NULL CHECK (seed BETWEEN 0 AND 2147483647),
  requested TEXT NOT NULL,
  resolved TEXT,
  metadata TEXT NOT NULL,
  pace TEXT NOT NULL CHECK (pace IN ('real_time', 'ten_times', 'instant')),
  step INTEGER NOT NULL DEFAULT 0,
  total_steps INTEGER,
  estimated_finish INTEGER,
  fine_tuned_model TEXT,
  trained_tokens INTEGER,
  result_file TEXT,
  error TEXT,
  candidates TEXT,
  created_at INTEGER NOT NULL,
  finished_at INTEGER
  , method TEXT NOT NULL DEFAULT 'supervised' CHECK (method IN ('supervised', 'dpo'))) STRICT;

CREATE INDEX practice_jobs_open ON practice_jobs (seq)
  WHERE status IN ('validating_files', 'queued', 'running', 'pausing');

CREATE TABLE practice_models (
  id TEXT PRIMARY KEY,
  job_id TEXT NOT NULL REFERENCES practice_jobs (id) ON DELETE CASCADE,
  step INTEGER NOT NULL CHECK (step >= 0),
  weights_sha256 TEXT NOT NULL REFERENCES practice_weights (sha256),
  created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX practice_models_by_job ON practice_models (job_id, step);

CREATE INDEX practice_models_by_weights ON practice_models (weights_sha256);

CREATE TABLE practice_states (
  job_id TEXT PRIMARY KEY REFERENCES practice_jobs (id) ON DELETE CASCADE,
  step INTEGER NOT NULL,
  content BLOB NOT NULL
) STRICT;

CREATE TABLE practice_upload_parts (
  id TEXT PRIMARY KEY,
  upload_id TEXT NOT NULL REFERENCES practice_uploads (id) ON DELETE CASCADE,
  size_bytes INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX practice_upload_parts_by_upload ON practice_upload_parts (upload_id);

CREATE TABLE practice_uploads (
  id TEXT PRIMARY KEY,
  size_bytes INTEGER NOT NULL,
  filename TEXT NOT NULL,
  purpose TEXT NOT NULL,
  mime_type TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('pending', 'completed', 'cancelled')),
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  file_id TEXT
) STRICT;

CREATE TABLE practice_weights (
  sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
  content BLOB NOT NULL
) STRICT;

CREATE TABLE preference_assignments (
  reviewer TEXT NOT NULL CHECK (reviewer <> ''),
  pair_id INTEGER NOT NULL REFERENCES preference_pairs (id),
  PRIMARY KEY (reviewer, pair_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX preference_assignments_by_pair ON preference_assignments (pair_id);

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

CREATE TABLE preference_outcome_rows (
  dataset_id TEXT NOT NULL REFERENCES preference_outcomes (dataset_id),
  line INTEGER NOT NULL CHECK (line > 0),
  pair_id INTEGER NOT NULL,
  preferred_candidate INTEGER NOT NULL,
  rejected_candidate INTEGER,
  verdict_ids TEXT NOT NULL,
  PRIMARY KEY (dataset_id, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE preference_outcomes (
  dataset_id TEXT PRIMARY KEY,
  preference_set INTEGER NOT NULL REFERENCES preference_sets (key),
  policy TEXT NOT NULL,
  row_count INTEGER NOT NULL CHECK (row_count >= 0),
  made_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX preference_outcomes_by_set ON preference_outcomes (preference_set, made_at);

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

CREATE INDEX preference_pairs_by_prompt ON preference_pairs (prompt_id);

CREATE INDEX preference_pairs_by_repeat ON preference_pairs (repeat_of) WHERE repeat_of IS NOT NULL;

CREATE INDEX preference_pairs_disputed ON preference_pairs (preference_set, position) WHERE is_disputed = 1;

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

CREATE TABLE preference_reasons (
  code TEXT PRIMARY KEY,
  label TEXT NOT NULL CHECK (label <> ''),
  place INTEGER NOT NULL,
  is_hidden INTEGER NOT NULL CHECK (is_hidden IN (0, 1))
) STRICT, WITHOUT ROWID;

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

CREATE INDEX preference_verdicts_by_pair ON preference_verdicts (pair_id, id);

CREATE INDEX preference_verdicts_by_reviewer ON preference_verdicts (preference_set, reviewer, id)
  WHERE state = 'current';

CREATE UNIQUE INDEX preference_verdicts_current ON preference_verdicts (pair_id, role, reviewer)
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

CREATE TABLE privacy_contents (
  content_id INTEGER PRIMARY KEY,
  rules_version INTEGER NOT NULL
) STRICT;

CREATE TABLE privacy_detections (
  content_id INTEGER NOT NULL,
  ordinal INTEGER NOT NULL,
  dataset INTEGER NOT NULL,
  example_id INTEGER NOT NULL,
  pointer TEXT NOT NULL,
  start INTEGER NOT NULL CHECK (start >= 0),
  end INTEGER NOT NULL CHECK (end > start),
  type TEXT NOT NULL,
  confidence TEXT NOT NULL CHECK (confidence IN ('high', 'medium', 'low')),
  gravity TEXT NOT NULL CHECK (gravity IN ('error', 'warning', 'info')),
  rule TEXT NOT NULL,
  rules_version INTEGER NOT NULL,
  value_hash BLOB NOT NULL CHECK (length(value_hash) = 16),
  decision TEXT CHECK (decision IN ('masked', 'pseudonymised')),
  PRIMARY KEY (content_id, ordinal)
) STRICT, WITHOUT ROWID;

CREATE INDEX privacy_detections_by_type ON privacy_detections (dataset, type, confidence, example_id, content_id);

CREATE INDEX privacy_detections_by_value ON privacy_detections (example_id, type, value_hash, content_id);

CREATE TABLE privacy_gate (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  setting TEXT NOT NULL
) STRICT;

CREATE TABLE privacy_kept (
  batch TEXT NOT NULL,
  example_id INTEGER NOT NULL,
  type TEXT NOT NULL,
  value_hash BLOB NOT NULL,
  reason TEXT NOT NULL CHECK (reason <> ''),
  is_active INTEGER NOT NULL CHECK (is_active IN (0, 1)),
  PRIMARY KEY (example_id, type, value_hash, batch)
) STRICT, WITHOUT ROWID;

CREATE INDEX privacy_kept_by_batch ON privacy_kept (batch);

CREATE TABLE privacy_scans (
  dataset_id TEXT PRIMARY KEY,
  rules_version INTEGER NOT NULL,
  scanned_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE privacy_vault (
  id INTEGER PRIMARY KEY,
  type TEXT NOT NULL,
  value TEXT NOT NULL,
  pseudonym TEXT UNIQUE,
  UNIQUE (type, value)
) STRICT;

CREATE TABLE quality_comparisons (
  dataset_id TEXT PRIMARY KEY,
  examples INTEGER NOT NULL CHECK (examples >= 0),
  exact_groups INTEGER NOT NULL CHECK (exact_groups >= 0),
  near_groups INTEGER NOT NULL CHECK (near_groups >= 0),
  compared_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE "quality_group_members" (
  dataset_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  ordinal INTEGER NOT NULL,
  place INTEGER NOT NULL CHECK (place >= 0),
  example_id INTEGER NOT NULL,
  content_id INTEGER NOT NULL,
  length INTEGER NOT NULL CHECK (length >= 0),
  PRIMARY KEY (dataset_id, kind, ordinal, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE "quality_groups" (
  dataset_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('exact', 'near', 'contradiction')),
  ordinal INTEGER NOT NULL CHECK (ordinal >= 0),
  size INTEGER NOT NULL CHECK (size > 1),
  similarity REAL NOT NULL CHECK (similarity BETWEEN 0 AND 1),
  is_leak INTEGER NOT NULL CHECK (is_leak IN (0, 1)),
  PRIMARY KEY (dataset_id, kind, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE quality_production (
  dataset_id TEXT PRIMARY KEY,
  target TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE quality_profiles (
  dataset_id TEXT PRIMARY KEY,
  revision INTEGER NOT NULL,
  state_hash BLOB NOT NULL CHECK (length(state_hash) = 32),
  analysed_at INTEGER NOT NULL,
  profile TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE quality_terms (
  kind TEXT NOT NULL CHECK (kind IN ('word', 'preferred', 'forbidden')),
  term TEXT NOT NULL CHECK (term <> ''),
  replacement TEXT CHECK (replacement <> ''),
  PRIMARY KEY (kind, term),
  CHECK (kind <> 'preferred' OR replacement IS NOT NULL)
) STRICT, WITHOUT ROWID;

CREATE TABLE quarantined_lines (
  dataset INTEGER NOT NULL REFERENCES datasets (key),
  line INTEGER NOT NULL CHECK (line > 0),
  byte_offset INTEGER NOT NULL CHECK (byte_offset >= 0),
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  raw BLOB NOT NULL,
  PRIMARY KEY (dataset, line)
) STRICT;

CREATE TABLE quarantined_pairs (
  preference_set INTEGER NOT NULL REFERENCES preference_sets (key),
  ordinal INTEGER NOT NULL CHECK (ordinal > 0),
  line INTEGER NOT NULL CHECK (line > 0),
  message TEXT NOT NULL,
  raw TEXT NOT NULL,
  PRIMARY KEY (preference_set, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE reports (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  job_id TEXT NOT NULL,
  eval_id TEXT,
  file TEXT NOT NULL UNIQUE CHECK (file NOT LIKE '%/%' AND file NOT LIKE '%\%'),
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  size_bytes INTEGER NOT NULL CHECK (size_bytes > 0),
  is_practice INTEGER NOT NULL CHECK (is_practice IN (0, 1)),
  created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX reports_by_created_at ON reports (created_at, id);

CREATE INDEX reports_by_job ON reports (job_id, created_at);

CREATE TABLE review_decisions (
  example_id INTEGER NOT NULL REFERENCES examples (id),
  content_id INTEGER NOT NULL,
  reviewer TEXT NOT NULL CHECK (reviewer <> ''),
  decision TEXT NOT NULL CHECK (decision IN ('approved', 'rejected')),
  dataset INTEGER NOT NULL,
  PRIMARY KEY (example_id, content_id, reviewer)
) STRICT, WITHOUT ROWID;

CREATE INDEX review_decisions_by_reviewer ON review_decisions (dataset, reviewer);

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

CREATE TABLE row_looks (
  dataset INTEGER PRIMARY KEY REFERENCES datasets (key),
  state TEXT NOT NULL,
  whole TEXT NOT NULL CHECK (json_valid(whole)),
  at INTEGER NOT NULL
) STRICT;

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

CREATE TABLE search_progress (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  upto_content_id INTEGER NOT NULL
) STRICT;

CREATE TABLE tasks (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  state TEXT NOT NULL
  CHECK (state IN ('queued', 'running', 'cancelling', 'succeeded', 'failed', 'cancelled', 'interrupted')),
  done REAL NOT NULL,
  total REAL NOT NULL,
  unit TEXT NOT NULL,
  message TEXT NOT NULL,
  subject_feature TEXT,
  subject_id TEXT,
  params TEXT NOT NULL,
  failure TEXT,
  created_at INTEGER NOT NULL,
  started_at INTEGER,
  ended_at INTEGER
) STRICT;

CREATE INDEX tasks_by_created_at ON tasks (created_at, id);

CREATE INDEX tasks_open ON tasks (state) WHERE ended_at IS NULL;

CREATE TABLE undo_states (
  seq INTEGER PRIMARY KEY REFERENCES events (seq),
  state TEXT NOT NULL CHECK (state IN ('done', 'undone', 'final'))
) STRICT;

CREATE INDEX undo_states_by_state ON undo_states (state, seq);

CREATE TABLE version_members (
  version INTEGER NOT NULL REFERENCES versions (key),
  chunk INTEGER NOT NULL CHECK (chunk >= 0),
  example_ids BLOB NOT NULL,
  content_ids BLOB NOT NULL CHECK (length(content_ids) = length(example_ids)),
  splits BLOB NOT NULL CHECK (length(splits) * 4 = length(example_ids)),
  PRIMARY KEY (version, chunk)
) STRICT;

CREATE TABLE versions (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  dataset_id TEXT NOT NULL,
  number INTEGER CHECK (number > 0),
  message TEXT NOT NULL,
  origin TEXT NOT NULL CHECK (origin IN ('person', 'job', 'evaluation', 'restore')),
  root BLOB NOT NULL CHECK (length(root) = 32),
  splits_sha256 BLOB NOT NULL CHECK (length(splits_sha256) = 32),
  example_count INTEGER NOT NULL CHECK (example_count >= 0),
  token_total INTEGER NOT NULL,
  split_counts TEXT NOT NULL,
  revision INTEGER NOT NULL,
  created_at INTEGER NOT NULL, method TEXT CHECK (method IN ('sft', 'dpo', 'rft')),
  CHECK ((number IS NULL) = (origin = 'restore'))
) STRICT;

CREATE UNIQUE INDEX versions_by_number ON versions (dataset_id, number) WHERE number IS NOT NULL;

CREATE TABLE workspace_facts (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
