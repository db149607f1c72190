import type { Migration } from '../migrate.ts';

/**
 * Evaluations with a copy of their items (an edit of the data set later must not change a result), their answers and
 * grades. Wide texts stand last, so that lists read none of their pages.
 */
export const evals: Migration = {
  version: 60,
  name: 'evals',
  up(db) {
    db.exec(`
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
        results TEXT CHECK (json_valid(results)),
        CHECK ((results IS NULL) = (ended_at IS NULL))
      ) STRICT;
      CREATE INDEX evals_by_job ON evals (job_id, created_at);
      CREATE INDEX evals_by_created_at ON evals (created_at, id);

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

      CREATE VIRTUAL TABLE eval_item_texts USING fts5 (
        prompt, expected, base_answer, tuned_answer,
        content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
      );
    `);
  },
};
