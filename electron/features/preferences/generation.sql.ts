import type { Task } from '../../../shared/features/activity/activity.model.ts';
import {
  type Generation,
  generationRequest,
  type GenerationRequest,
} from '../../../shared/features/preferences/generation.model.ts';
import type { GivenAnswer } from '../../../shared/features/preferences/generation.rules.ts';
import type {
  AnswerMessage,
  PreferenceKind,
  PreferenceSettings,
  PromptInput,
} from '../../../shared/features/preferences/preferences.model.ts';
import { preferenceSettings } from '../../../shared/features/preferences/preferences.model.ts';
import type { ConnectionKind } from '../../../shared/features/providers/providers.model.ts';
import { AppFailure } from '../../../shared/failures.ts';
import type { Db } from '../../core/ports.ts';

/** A generation as it is stored; its state follows from its task. */
export type GenerationRecord = {
  readonly generationId: string;
  readonly taskId: string | null;
  readonly setId: string;
  readonly name: string;
  readonly kind: PreferenceKind;
  readonly settings: PreferenceSettings;
  readonly request: GenerationRequest;
  readonly datasetName: string;
  readonly connectionName: string;
  readonly providerKind: ConnectionKind;
  readonly host: string;
  readonly prompts: number;
  readonly requests: number;
  readonly promptsSha256: string;
  readonly createdAt: number;
  readonly endedAt: number | null;
};

type Row = {
  id: string;
  task_id: string | null;
  set_id: string;
  name: string;
  kind: PreferenceKind;
  settings: string;
  request: string;
  dataset_name: string;
  connection_name: string;
  provider_kind: ConnectionKind;
  host: string;
  prompts: number;
  requests: number;
  prompts_sha256: string;
  created_at: number;
  ended_at: number | null;
};

/** Writes down what was approved, without prompts yet. */
export function insertGeneration(db: Db, record: GenerationRecord): void {
  db.prepare(
    `INSERT INTO generations (id, task_id, set_id, name, kind, settings, request, dataset_name, connection_name,
                              provider_kind, host, prompts, requests, prompts_sha256, created_at, ended_at)
     VALUES (?, NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)`,
  ).run(
    record.generationId,
    record.setId,
    record.name,
    record.kind,
    JSON.stringify(record.settings),
    JSON.stringify(record.request),
    record.datasetName,
    record.connectionName,
    record.providerKind,
    record.host,
    record.prompts,
    record.requests,
    record.promptsSha256,
    record.createdAt,
  );
}

/** Notes which task works on it. */
export function setGenerationTask(db: Db, generationId: string, taskId: string): void {
  db.prepare('UPDATE generations SET task_id = ? WHERE id = ?').run(taskId, generationId);
}

/** Notes that all was asked and the set was made. */
export function endGeneration(db: Db, generationId: string, at: number): void {
  db.prepare('UPDATE generations SET ended_at = ? WHERE id = ?').run(at, generationId);
}

/** A generation; throws PREFERENCES_NOT_FOUND. */
export function requireGeneration(db: Db, generationId: string): GenerationRecord {
  const row = db.prepare<Row>('SELECT * FROM generations WHERE id = ?').get(generationId);
  if (row) return toRecord(row);
  throw new AppFailure('PREFERENCES_NOT_FOUND', {
    what: 'These answers are not in this workspace.',
    todo: 'Ask for new ones.',
    retry: 'never',
  });
}

/** The generation that a set is, or will be, made of, or undefined. */
export function generationOfSet(db: Db, setId: string): GenerationRecord | undefined {
  const own = db.prepare<Row>('SELECT * FROM generations WHERE set_id = ?').get(setId);
  const row =
    own ??
    db
      .prepare<Row>(
        `SELECT g.* FROM preference_sets s JOIN generations g ON g.id = json_extract(s.source, '$.generationId')
         WHERE s.id = ?`,
      )
      .get(setId);
  return row && toRecord(row);
}

/** The newest 200, newest first. */
export function listGenerations(db: Db): GenerationRecord[] {
  return db.prepare<Row>('SELECT * FROM generations ORDER BY created_at DESC LIMIT 200').all().map(toRecord);
}

function toRecord(row: Row): GenerationRecord {
  return {
    generationId: row.id,
    taskId: row.task_id,
    setId: row.set_id,
    name: row.name,
    kind: row.kind,
    settings: preferenceSettings.parse(JSON.parse(row.settings)),
    request: generationRequest.parse(JSON.parse(row.request)),
    datasetName: row.dataset_name,
    connectionName: row.connection_name,
    providerKind: row.provider_kind,
    host: row.host,
    prompts: row.prompts,
    requests: row.requests,
    promptsSha256: row.prompts_sha256,
    createdAt: row.created_at,
    endedAt: row.ended_at,
  };
}

/** A generation as a window sees it; `tasks` are those of the workspace. */
export function toGeneration(db: Db, record: GenerationRecord, tasks: readonly Task[]): Generation {
  const { promptsSha256: _, ...shown } = record;
  const task = tasks.find(({ id }) => id === record.taskId);
  const state =
    record.endedAt !== null
      ? 'done'
      : task && task.endedAt === null
        ? 'asking'
        : task?.state === 'cancelled'
          ? 'cancelled'
          : 'stopped';
  const counts = db
    .prepare<{ answered: number; failed: number }>(
      `SELECT COUNT(*) - COUNT(failure) AS answered, COUNT(failure) AS failed FROM generation_answers
       WHERE generation_id = ?`,
    )
    .get(record.generationId);
  return {
    ...shown,
    state,
    answered: counts?.answered ?? 0,
    failed: counts?.failed ?? 0,
    failure: state === 'stopped' ? (task?.failure ?? null) : null,
  };
}

export type PromptLine = { readonly line: number; readonly input: PromptInput };

/** Writes the prompts of a generation down, in their order. */
export function insertPrompts(db: Db, generationId: string, prompts: readonly PromptLine[]): void {
  const insert = db.prepare(
    'INSERT INTO generation_prompts (generation_id, ordinal, line, input) VALUES (?, ?, ?, ?)',
  );
  for (const [index, { line, input }] of prompts.entries()) {
    insert.run(generationId, index + 1, line, JSON.stringify(input));
  }
}

/** True once the prompts are written down, which happens all at once. */
export function hasPrompts(db: Db, generationId: string): boolean {
  const sql = 'SELECT 1 AS found FROM generation_prompts WHERE generation_id = ? LIMIT 1';
  return db.prepare(sql).get(generationId) !== undefined;
}

export type OpenPrompt = { readonly id: number; readonly ordinal: number; readonly input: PromptInput };

/** Up to `limit` prompts after a place, in order, each with the slots that have an answer or a refusal. */
export function promptsAfter(
  db: Db,
  generationId: string,
  page: { after: number; limit: number },
): (OpenPrompt & { readonly slots: ReadonlySet<number> })[] {
  return db
    .prepare<{ id: number; ordinal: number; input: string; slots: string }>(
      `SELECT id, ordinal, input,
              (SELECT json_group_array(slot) FROM generation_answers WHERE prompt_id = p.id) AS slots
       FROM generation_prompts p WHERE generation_id = ? AND ordinal > ? ORDER BY ordinal LIMIT ?`,
    )
    .all(generationId, page.after, page.limit)
    .map(({ id, ordinal, input, slots }) => ({
      id,
      ordinal,
      input: JSON.parse(input) as PromptInput,
      slots: new Set(JSON.parse(slots) as number[]),
    }));
}

export type NewAnswer = {
  readonly promptId: number;
  readonly slot: number;
  readonly message: object | null;
  readonly failure: string | null;
  readonly finishReason: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly at: number;
};

/** Keeps an answer, or the words of a refusal. */
export function insertAnswer(db: Db, generationId: string, answer: NewAnswer): void {
  db.prepare('INSERT INTO generation_answers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)').run(
    answer.promptId,
    answer.slot,
    generationId,
    answer.message === null ? null : JSON.stringify(answer.message),
    answer.failure,
    answer.finishReason,
    answer.inputTokens,
    answer.outputTokens,
    answer.at,
  );
}

/** The slots in which some prompt has an answer. */
export function answeredSlots(db: Db, generationId: string): number[] {
  return db
    .prepare<{ slot: number }>(
      'SELECT DISTINCT slot FROM generation_answers WHERE generation_id = ? AND failure IS NULL',
    )
    .all(generationId)
    .map(({ slot }) => slot);
}

export type AnsweredPrompt = PromptLine & { readonly ordinal: number; readonly answers: StoredAnswer[] };
type StoredAnswer = GivenAnswer & { readonly inputTokens: number; readonly outputTokens: number };

const promptsAtOnce = 200;

/** The prompts of a generation in order with the answers they have, streamed. */
export function* streamAnswered(db: Db, generationId: string): Generator<AnsweredPrompt, void, void> {
  const page = db.prepare<{ id: number; ordinal: number; line: number; input: string }>(
    `SELECT id, ordinal, line, input FROM generation_prompts
     WHERE generation_id = ? AND ordinal > ? ORDER BY ordinal LIMIT ?`,
  );
  const answersOf = db.prepare<Omit<StoredAnswer, 'message'> & { message: string | null }>(
    `SELECT slot, message, failure, input_tokens AS inputTokens, output_tokens AS outputTokens
     FROM generation_answers WHERE prompt_id = ? ORDER BY slot`,
  );
  for (let after = 0; ; ) {
    const rows = page.all(generationId, after, promptsAtOnce);
    if (rows.length === 0) return;
    for (const { id, ordinal, line, input } of rows) {
      const answers = answersOf.all(id).map((answer) => ({
        ...answer,
        message: answer.message === null ? null : (JSON.parse(answer.message) as AnswerMessage),
      }));
      yield { ordinal, line, input: JSON.parse(input) as PromptInput, answers };
      after = ordinal;
    }
  }
}
