import type { Task, TaskState } from '../../shared/features/activity/activity.model.ts';
import type { Db } from './ports.ts';

type TaskRow = {
  id: string;
  kind: string;
  title: string;
  state: TaskState;
  done: number;
  total: number;
  unit: string;
  message: string;
  subject_feature: string | null;
  subject_id: string | null;
  params: string;
  failure: string | null;
  created_at: number;
  started_at: number | null;
  ended_at: number | null;
};

/** Writes a new task with its parameters (JSON). */
export function insertTask(db: Db, row: Task, params: string): void {
  db.prepare(
    `INSERT INTO tasks (id, kind, title, state, done, total, unit, message, subject_feature, subject_id,
                        params, failure, created_at, started_at, ended_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?, ?, NULL)`,
  ).run(
    row.id,
    row.kind,
    row.title,
    row.state,
    row.done,
    row.total,
    row.unit,
    row.message,
    row.subject?.feature ?? null,
    row.subject?.id ?? null,
    params,
    row.createdAt,
    row.startedAt,
  );
}

/** Writes a task's state and progress. */
export function updateTask(db: Db, row: Task): void {
  db.prepare(
    `UPDATE tasks SET state = ?, done = ?, total = ?, unit = ?, message = ?, failure = ?, ended_at = ?
     WHERE id = ?`,
  ).run(
    row.state,
    row.done,
    row.total,
    row.unit,
    row.message,
    row.failure ? JSON.stringify(row.failure) : null,
    row.endedAt,
    row.id,
  );
}

/** The newest 200 tasks. */
export function listTasks(db: Db): Task[] {
  return db
    .prepare<TaskRow>('SELECT * FROM tasks ORDER BY created_at DESC, id DESC LIMIT 200')
    .all()
    .map(toTask);
}

/** Tasks that have not ended, oldest first, with their parameters. */
export function openTasks(db: Db): { task: Task; params: string }[] {
  return db
    .prepare<TaskRow>("SELECT * FROM tasks WHERE state IN ('queued', 'running', 'cancelling') ORDER BY id")
    .all()
    .map((row) => ({ task: toTask(row), params: row.params }));
}

/** Forgets ended tasks beyond the newest `keep`. */
export function clearEndedTasks(db: Db, keep: number): void {
  db.prepare(
    `DELETE FROM tasks WHERE ended_at IS NOT NULL AND created_at <
       (SELECT created_at FROM tasks ORDER BY created_at DESC LIMIT 1 OFFSET ?)`,
  ).run(keep);
}

function toTask(row: TaskRow): Task {
  return {
    id: row.id,
    kind: row.kind,
    title: row.title,
    state: row.state,
    done: row.done,
    total: row.total,
    unit: row.unit,
    message: row.message,
    subject:
      row.subject_feature && row.subject_id ? { feature: row.subject_feature, id: row.subject_id } : null,
    failure: row.failure ? (JSON.parse(row.failure) as Task['failure']) : null,
    createdAt: row.created_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
  };
}
