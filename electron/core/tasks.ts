import { v7 as uuidv7 } from 'uuid';
import { AppFailure } from '../../shared/failures.ts';
import { diskFullOf } from './disk-full.ts';
import type { Task, TaskState } from '../../shared/features/activity/activity.model.ts';
import type { Changes } from './changes.ts';
import type { Clock, Db, Log } from './ports.ts';
import { clearEndedTasks, insertTask, listTasks, openTasks, updateTask } from './tasks.sql.ts';
import type { CurrentWorkspace, WorkspaceSession } from './workspace-session.ts';

export type TaskProgress = { done: number; total: number; unit?: string; message?: string };

export type TaskContext<Params> = {
  readonly taskId: string;
  readonly params: Params;
  /** Fires when the user cancels or the workspace closes. */
  readonly signal: AbortSignal;
  readonly workspace: WorkspaceSession;
  /** True when the program ended while this task ran and it now goes on. */
  readonly isResumed: boolean;
  progress(progress: TaskProgress): void;
};

/** How a kind of task runs and what becomes of it when the program died in the middle. */
export type TaskKind<Params> = {
  run(context: TaskContext<Params>): Promise<void>;
  /** `resume` runs it again (it must pick up by itself); `rollBack` leaves no trace of it. */
  afterCrash: 'resume' | 'rollBack';
  rollBack?(session: WorkspaceSession, params: Params): Promise<void>;
};

export type NewTask<Params> = {
  kind: string;
  title: string;
  params: Params;
  subject?: { feature: string; id: string };
  total?: number;
  unit?: string;
};

type Running = {
  controller: AbortController;
  ended: Promise<void>;
  progressToldAt: number;
  progressWrittenAt: number;
};

const progressIntervalMs = 250;
/** A commit waits for the disk, which long work keeps busy; what a crash takes of the progress is worked out again. */
const progressWriteMs = 5000;

/** Long work: every task is a row first, then runs; its state survives the end of the program. */
export class Tasks {
  readonly #kinds = new Map<string, TaskKind<never>>();
  readonly #running = new Map<string, Running>();
  readonly #live = new Map<string, Task>();
  readonly #workspace: CurrentWorkspace;
  readonly #changes: Changes;
  readonly #clock: Clock;
  readonly #log: Log;

  constructor(parts: { workspace: CurrentWorkspace; changes: Changes; clock: Clock; log: Log }) {
    this.#workspace = parts.workspace;
    this.#changes = parts.changes;
    this.#clock = parts.clock;
    this.#log = parts.log;
    parts.workspace.onClose(() => this.#stopAll());
  }

  /** Makes a kind of task known; call before any workspace opens. */
  register<Params>(kind: string, definition: TaskKind<Params>): void {
    this.#kinds.set(kind, definition as TaskKind<never>);
  }

  /** Writes the task down and starts it; resolves with its id as soon as it is durable. */
  async start<Params>(newTask: NewTask<Params>): Promise<string> {
    const session = this.#workspace.require();
    const now = this.#clock.now();
    const row: Task = {
      id: uuidv7(),
      kind: newTask.kind,
      title: newTask.title,
      state: 'running',
      done: 0,
      total: newTask.total ?? 0,
      unit: newTask.unit ?? '',
      message: '',
      subject: newTask.subject ?? null,
      failure: null,
      createdAt: now,
      startedAt: now,
      endedAt: null,
    };
    await session.write((db) => insertTask(db, row, JSON.stringify(newTask.params)));
    this.#launch(session, row, { params: newTask.params, isResumed: false });
    return row.id;
  }

  /** All tasks of the open workspace, newest first. */
  list(): Task[] {
    const session = this.#workspace.get();
    if (!session) return [];
    return listTasks(session.db).map((row) => this.#live.get(row.id) ?? row);
  }

  /** Asks a running task to stop; it ends as `cancelled` once it has cleaned up. */
  async cancel(taskId: string): Promise<void> {
    const running = this.#running.get(taskId);
    if (!running) {
      throw new AppFailure('TASK_NOT_FOUND', {
        what: 'This task is not running any more.',
        todo: 'Look at its result in Activity.',
        retry: 'never',
      });
    }
    running.controller.abort();
    await this.#set(taskId, { state: 'cancelling' });
  }

  /** Resolves with the task in its final state. */
  async ended(taskId: string): Promise<Task> {
    await this.#running.get(taskId)?.ended;
    const found = this.list().find((one) => one.id === taskId);
    if (!found) throw new Error(`no task ${taskId}`);
    return found;
  }

  /** Goes on with, or rolls back, what the last run of the program left open. Call once after opening. */
  async recover(session: WorkspaceSession): Promise<void> {
    for (const { task: row, params: text } of openTasks(session.db)) {
      const kind = this.#kinds.get(row.kind);
      const params = JSON.parse(text) as never;
      if (kind?.afterCrash === 'resume' && row.state !== 'cancelling') {
        this.#launch(session, row, { params, isResumed: true });
        continue;
      }
      await kind?.rollBack?.(session, params);
      await session.write((db) =>
        updateTask(db, {
          ...row,
          state: row.state === 'cancelling' ? 'cancelled' : 'interrupted',
          message: 'The program ended while this ran; nothing of it was kept.',
          endedAt: this.#clock.now(),
        }),
      );
    }
    await session.write((db) => clearEndedTasks(db, 500));
  }

  #launch<Params>(session: WorkspaceSession, row: Task, start: { params: Params; isResumed: boolean }): void {
    const controller = new AbortController();
    this.#live.set(row.id, { ...row, state: 'running' });
    const ended = this.#run(session, row.id, { ...start, controller });
    this.#running.set(row.id, {
      controller,
      ended,
      progressToldAt: 0,
      progressWrittenAt: 0,
    });
    this.#changes.emit('activity');
  }

  async #run<Params>(
    session: WorkspaceSession,
    taskId: string,
    start: { params: Params; isResumed: boolean; controller: AbortController },
  ): Promise<void> {
    const row = this.#live.get(taskId);
    const kind = row && (this.#kinds.get(row.kind) as TaskKind<Params> | undefined);
    let state: TaskState = 'succeeded';
    let failure: Task['failure'] = null;
    try {
      if (!kind) throw new Error(`no task kind ${row?.kind}`);
      await kind.run({
        taskId,
        params: start.params,
        signal: start.controller.signal,
        workspace: session,
        isResumed: start.isResumed,
        progress: (progress) => this.#progress(session, taskId, progress),
      });
    } catch (error) {
      state = start.controller.signal.aborted ? 'cancelled' : 'failed';
      failure = state === 'failed' ? this.#describe(taskId, error) : null;
      if (kind?.afterCrash === 'rollBack') await this.#rollBack(kind, session, start.params);
    }
    await this.#finish(session, taskId, {
      state,
      failure,
      closing: start.controller.signal.reason === closing,
    });
  }

  async #rollBack<Params>(kind: TaskKind<Params>, session: WorkspaceSession, params: Params): Promise<void> {
    try {
      await kind.rollBack?.(session, params);
    } catch (error) {
      this.#log.error('a task could not be rolled back', { error: String(error) });
    }
  }

  async #finish(
    session: WorkspaceSession,
    taskId: string,
    end: { state: TaskState; failure: Task['failure']; closing: boolean },
  ): Promise<void> {
    const live = this.#live.get(taskId);
    this.#live.delete(taskId);
    this.#running.delete(taskId);
    // A task stopped because the workspace closes stays open in the store, so that the next start goes on with it.
    if (live && !end.closing) {
      const row = { ...live, state: end.state, failure: end.failure, endedAt: this.#clock.now() };
      // A full disk must not end the program: the task then stays open and is taken up at the next start.
      await session
        .write((db) => updateTask(db, row))
        .catch((error: unknown) => this.#log.error('task end not written', { taskId, error: String(error) }));
    }
    this.#changes.emit('activity');
  }

  #describe(taskId: string, error: unknown): NonNullable<Task['failure']> {
    const known = error instanceof AppFailure ? error : diskFullOf(error);
    if (known !== null) return { code: known.code, what: known.data.what, todo: known.data.todo };
    this.#log.error('a task failed', { taskId, error: String(error) });
    return {
      code: 'INTERNAL',
      what: 'Something went wrong inside Lapidary.',
      todo: `Try again; if it happens again, look for ${taskId} in the log.`,
    };
  }

  #progress(session: WorkspaceSession, taskId: string, progress: TaskProgress): void {
    const row = this.#live.get(taskId);
    if (!row) return;
    const next = {
      ...row,
      done: progress.done,
      total: progress.total,
      unit: progress.unit ?? row.unit,
      message: progress.message ?? row.message,
    };
    this.#live.set(taskId, next);
    const now = this.#clock.now();
    const running = this.#running.get(taskId);
    if (!running || now - running.progressToldAt < progressIntervalMs) return;
    running.progressToldAt = now;
    this.#changes.emit('activity');
    if (now - running.progressWrittenAt < progressWriteMs) return;
    running.progressWrittenAt = now;
    const writeDown = (db: Db): void => {
      const live = this.#live.get(taskId);
      if (live) updateTask(db, live);
    };
    // Progress is a courtesy; the final state is what must be written, and #finish does that.
    session
      .write(writeDown)
      .catch((error: unknown) => this.#log.warn('progress not written', { error: String(error) }));
  }

  async #set(taskId: string, part: Partial<Task>): Promise<void> {
    const row = this.#live.get(taskId);
    if (!row) return;
    const next = { ...row, ...part };
    this.#live.set(taskId, next);
    await this.#workspace.require().write((db) => {
      const live = this.#live.get(taskId);
      if (live) updateTask(db, live);
    });
    this.#changes.emit('activity');
  }

  async #stopAll(): Promise<void> {
    const all = [...this.#running.values()];
    for (const { controller } of all) controller.abort(closing);
    await Promise.all(all.map(({ ended }) => ended));
  }
}

const closing = Symbol('the workspace closes');

/** True when a task was told to stop because the workspace closes: it goes on at the next start, nothing is to be undone. */
export function isClosing(signal: AbortSignal): boolean {
  return signal.aborted && signal.reason === closing;
}
