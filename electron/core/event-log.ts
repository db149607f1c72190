import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { v7 as uuidv7 } from 'uuid';
import { AppFailure } from '../../shared/failures.ts';
import type { LoggedEvent } from '../../shared/features/workspaces/workspaces.model.ts';
import type { Clock, Db } from './ports.ts';

/** A change as data: `kind` names a registered operation, `args` is JSON. */
export type Operation = { readonly kind: string; readonly args: unknown };

/** Carries out an operation inside the caller's transaction. */
export type ApplyOperation = (db: Db, args: never) => void;
/** How many rows an operation touches, roughly; read only. */
export type WeighOperation = (db: Db, args: never) => number;

export type NewEvent = {
  readonly feature: string;
  /** Past tense, e.g. `datasets.example-edited`. */
  readonly kind: string;
  /** What the user reads after "Undo: ", e.g. `reject 42 records`. */
  readonly label: string;
  readonly forward: Operation;
  /** Null when it cannot be undone; the event is then only audit. */
  readonly inverse: Operation | null;
};

type EventRow = {
  seq: number;
  id: string;
  at: number;
  feature: string;
  kind: string;
  label: string;
  forward: string;
  inverse: string | null;
  prev_hash: string;
  hash: string;
};

const newestSql = {
  undo: "SELECT MAX(seq) AS seq FROM undo_states WHERE state = 'done'",
  redo: "SELECT MIN(seq) AS seq FROM undo_states WHERE state = 'undone'",
} as const;

const genesis = '0'.repeat(64);

/** Hash of an event: SHA-256 over the RFC 8785 form of its fields and its predecessor's hash. */
function eventHash(row: Omit<EventRow, 'hash'>): string {
  const { seq, id, at, feature, kind, label, forward, inverse, prev_hash } = row;
  const text = canonicalize({ seq, id, at, feature, kind, label, forward, inverse, prev_hash }) ?? '';
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/**
 * The append-only, hash-chained log of every change a user makes: audit trail, undo stack and lineage.
 * `append`, `undo` and `redo` must run inside the transaction that makes the change.
 */
export class EventLog {
  readonly #clock: Clock;
  readonly #operations = new Map<string, ApplyOperation>();
  readonly #weights = new Map<string, WeighOperation>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Registers the function behind an operation kind, once; `weigh` where it may touch more than a few rows. */
  register(kind: string, apply: ApplyOperation, weigh?: WeighOperation): void {
    if (this.#operations.has(kind)) throw new Error(`operation ${kind} is registered twice`);
    this.#operations.set(kind, apply);
    if (weigh) this.#weights.set(kind, weigh);
  }

  /** What undo or redo would do now: the feature whose change it is and roughly how many rows; null when there is nothing. */
  next(db: Db, verb: 'undo' | 'redo'): { feature: string; weight: number } | null {
    const row = this.#newest(db, newestSql[verb]);
    const operation = this.nextOperation(db, verb);
    if (!row || !operation) return null;
    const weight = this.#weights.get(operation.kind)?.(db, operation.args as never) ?? 1;
    return { feature: row.feature, weight };
  }

  /** The operation that undo or redo would carry out now; null when there is nothing. */
  nextOperation(db: Db, verb: 'undo' | 'redo'): Operation | null {
    const row = this.#newest(db, newestSql[verb]);
    const text = verb === 'undo' ? row?.inverse : row?.forward;
    return text ? (JSON.parse(text) as Operation) : null;
  }

  /** Applies `event.forward`, writes it down with its inverse, and drops what could have been redone. */
  run(db: Db, event: NewEvent): void {
    this.#apply(db, event.forward);
    this.append(db, event);
  }

  /** Writes down a change that the caller has made itself in this transaction. */
  append(db: Db, event: NewEvent): void {
    const seq = this.#insert(db, event);
    db.prepare("UPDATE undo_states SET state = 'final' WHERE state = 'undone'").run();
    db.prepare('INSERT INTO undo_states (seq, state) VALUES (?, ?)').run(
      seq,
      event.inverse ? 'done' : 'final',
    );
  }

  /** Takes back the newest change that can be taken back; answers its label and feature. */
  undo(db: Db): { label: string; feature: string } {
    const row = this.#newest(db, newestSql.undo);
    if (!row?.inverse) throw nothingTo('undo');
    this.#move(db, row, { verb: 'undo', state: 'undone', operation: JSON.parse(row.inverse) as Operation });
    return { label: row.label, feature: row.feature };
  }

  /** Makes the last undone change again; answers its label and feature. */
  redo(db: Db): { label: string; feature: string } {
    const row = this.#newest(db, newestSql.redo);
    if (!row) throw nothingTo('redo');
    this.#move(db, row, { verb: 'redo', state: 'done', operation: JSON.parse(row.forward) as Operation });
    return { label: row.label, feature: row.feature };
  }

  /** Labels of what undo and redo would do now. */
  labels(db: Db): { undoLabel: string | null; redoLabel: string | null } {
    const undo = this.#newest(db, newestSql.undo);
    const redo = this.#newest(db, newestSql.redo);
    return { undoLabel: undo?.label ?? null, redoLabel: redo?.label ?? null };
  }

  /** A page of events, newest first, below `beforeSeq`. */
  page(db: Db, beforeSeq: number | null, limit: number): LoggedEvent[] {
    return db
      .prepare<LoggedEvent>(
        `SELECT e.seq, e.at, e.feature, e.kind, e.label, e.hash, COALESCE(u.state, 'final') AS state
         FROM events e LEFT JOIN undo_states u ON u.seq = e.seq
         WHERE e.seq < ? ORDER BY e.seq DESC LIMIT ?`,
      )
      .all(beforeSeq ?? Number.MAX_SAFE_INTEGER, limit);
  }

  /** Walks the whole chain; `brokenAtSeq` is the first event whose hash or predecessor does not fit. */
  verify(db: Db): { isIntact: boolean; events: number; brokenAtSeq: number | null } {
    let previous = genesis;
    let events = 0;
    for (const row of db.prepare<EventRow>('SELECT * FROM events ORDER BY seq').iterate()) {
      events += 1;
      if (row.seq !== events || row.prev_hash !== previous || row.hash !== eventHash(row)) {
        return { isIntact: false, events, brokenAtSeq: row.seq };
      }
      previous = row.hash;
    }
    return { isIntact: true, events, brokenAtSeq: null };
  }

  #apply(db: Db, operation: Operation): void {
    const apply = this.#operations.get(operation.kind);
    if (!apply) throw new Error(`no operation is registered as ${operation.kind}`);
    apply(db, operation.args as never);
  }

  #move(db: Db, row: EventRow, move: { verb: 'undo' | 'redo'; state: string; operation: Operation }): void {
    this.#apply(db, move.operation);
    db.prepare('UPDATE undo_states SET state = ? WHERE seq = ?').run(move.state, row.seq);
    const past = move.verb === 'undo' ? 'undone' : 'redone';
    this.#insert(db, {
      feature: row.feature,
      kind: `${row.kind}.${past}`,
      label: `${move.verb}: ${row.label}`,
      forward: move.operation,
      inverse: null,
    });
  }

  #newest(db: Db, seqSql: string): EventRow | undefined {
    const seq = db.prepare<{ seq: number | null }>(seqSql).get()?.seq ?? null;
    if (seq === null) return undefined;
    return db.prepare<EventRow>('SELECT * FROM events WHERE seq = ?').get(seq);
  }

  #insert(db: Db, event: NewEvent): number {
    const last = db
      .prepare<{ seq: number; hash: string }>('SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1')
      .get();
    const row = {
      seq: (last?.seq ?? 0) + 1,
      id: uuidv7(),
      at: this.#clock.now(),
      feature: event.feature,
      kind: event.kind,
      label: event.label,
      forward: JSON.stringify(event.forward),
      inverse: event.inverse ? JSON.stringify(event.inverse) : null,
      prev_hash: last?.hash ?? genesis,
    };
    db.prepare(
      `INSERT INTO events (seq, id, at, feature, kind, label, forward, inverse, prev_hash, hash)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      row.seq,
      row.id,
      row.at,
      row.feature,
      row.kind,
      row.label,
      row.forward,
      row.inverse,
      row.prev_hash,
      eventHash(row),
    );
    return row.seq;
  }
}

function nothingTo(verb: 'undo' | 'redo'): AppFailure {
  return new AppFailure('NOTHING_TO_UNDO', {
    what: `There is nothing to ${verb}.`,
    todo: 'Nothing needs to be done.',
    retry: 'never',
  });
}
