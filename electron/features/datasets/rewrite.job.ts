import type { Analysis } from '../../../shared/features/datasets/analyse-example.ts';
import { analyserOf } from '../../../shared/features/datasets/analyse-method.ts';
import type { Method } from '../../../shared/features/datasets/datasets.model.ts';
import { type JsonObject, readExampleText } from '../../../shared/features/datasets/read-line.ts';
import { applyFix } from '../../../shared/features/datasets/sft/apply-fix.ts';
import { titleOfCode } from '../../../shared/features/datasets/sft/finding-codes.ts';
import { AppFailure } from '../../../shared/failures.ts';
import { EventLog, type Operation } from '../../core/event-log.ts';
import type { Db, DbAddress, WorkerContext } from '../../core/ports.ts';
import { sha256 } from './check-file.ts';
import { insertContent } from './contents.sql.ts';
import { findDataset } from './datasets.sql.ts';
import { cancelled, type DatasetWorkerParts } from './import.job.ts';
import { operations, registerOperations } from './operations.ts';
import { createSchemaChecker } from './schema-checker.ts';

/** One example gets a text of the user's, or the fix of a finding; or all that can be fixed get it; or a transform. */
export type RewriteChange =
  | { readonly kind: 'edit'; readonly exampleId: number; readonly text: string }
  | { readonly kind: 'fix'; readonly exampleId: number; readonly code: string; readonly pointer: string }
  | { readonly kind: 'fix-all'; readonly code: string }
  | {
      readonly kind: 'transform';
      readonly which: readonly number[] | Uint32Array | 'all';
      readonly transform: string;
      readonly parameters: unknown;
      readonly label: string;
    }
  | { readonly kind: 'method'; readonly method: Method };

export type RewriteInput = {
  readonly store: DbAddress;
  readonly datasetId: string;
  /** Names the change; contents that carry it but were never put to use are removed by {@link dropUnused}. */
  readonly batch: string;
  readonly at: number;
  readonly change: RewriteChange;
};

const chunkSize = 500;

type Target = {
  exampleId: number;
  contentId: number;
  position: number;
  identity: Uint8Array;
  bytes: Uint8Array;
  origin: 'edited' | 'fixed' | null;
  deletedAt: number | null;
};
type Rewritten = { target: Target; bytes: Uint8Array; analysis: Analysis };

/** Rewrites examples: works out the new contents, writes them down unused, then puts them to use as one event. */
export function createRewriteJob(parts: DatasetWorkerParts) {
  return async (input: RewriteInput, context: WorkerContext): Promise<{ changed: number }> => {
    const db = parts.openStore(input.store);
    try {
      const tools = { schemas: createSchemaChecker(), countText: parts.createCounter(), hash: sha256 };
      const apply = await changerOf(parts, input.change);
      const { change } = input;
      const method = change.kind === 'method' ? change.method : findDataset(db, input.datasetId)?.method;
      const analyse = analyserOf(method ?? 'sft');
      const targets = targetsOf(db, input);
      let changed = 0;
      for (let at = 0; at < targets.length; at += chunkSize) {
        if (context.isCancelled()) throw cancelled();
        const chunk = targets.slice(at, at + chunkSize).flatMap((id) => {
          const target = loadTarget(db, id);
          // What is deleted can come back, and is then of the new method too; nothing else is done to it.
          if (!target || (target.deletedAt !== null && change.kind !== 'method')) return [];
          const value = apply(db, target);
          if (!value) return [];
          const analysis = analyse(value, tools);
          if (change.kind === 'method') return [{ target, bytes: target.bytes, analysis }];
          // Keys stay in the order they had: what was not edited reads as before.
          const bytes = Buffer.from(JSON.stringify(value), 'utf8');
          return Buffer.compare(analysis.identity, target.identity) === 0
            ? []
            : [{ target, bytes, analysis }];
        });
        changed += chunk.length;
        await locked(db, context, () => writeChunk(db, input, chunk));
        context.progress({ done: at + chunkSize, total: targets.length, message: '' });
      }
      if (changed > 0 || change.kind === 'method')
        await locked(db, context, () => putToUse(db, input, changed));
      return { changed };
    } finally {
      db.close();
    }
  };
}

async function locked(db: Db, context: WorkerContext, change: () => void): Promise<void> {
  const unlock = await context.lockWriter();
  try {
    db.transaction(change);
  } finally {
    unlock();
  }
}

function targetsOf(db: Db, { change, datasetId }: RewriteInput): number[] {
  if (change.kind === 'edit' || change.kind === 'fix') return [change.exampleId];
  if (change.kind === 'transform') return change.which === 'all' ? liveIds(db, datasetId) : [...change.which];
  if (change.kind === 'method') return liveIds(db, datasetId, { withDeleted: true });
  return db
    .prepare<{ id: number }>(
      `SELECT DISTINCT e.id FROM findings f JOIN examples e ON e.content_id = f.content_id
       JOIN datasets d ON d.key = e.dataset
       WHERE f.code = ? AND f.fix_kind IS NOT NULL AND d.id = ? AND e.deleted_at IS NULL ORDER BY e.id`,
    )
    .all(change.code, datasetId)
    .map(({ id }) => id);
}

function liveIds(db: Db, datasetId: string, { withDeleted } = { withDeleted: false }): number[] {
  return db
    .prepare<{ id: number }>(
      `SELECT e.id FROM examples e JOIN datasets d ON d.key = e.dataset
       WHERE d.id = ? ${withDeleted ? '' : 'AND e.deleted_at IS NULL'} ORDER BY e.position`,
    )
    .all(datasetId)
    .map(({ id }) => id);
}

function loadTarget(db: Db, exampleId: number): Target | undefined {
  return db
    .prepare<Target>(
      `SELECT e.id AS exampleId, e.content_id AS contentId, e.position, e.identity, e.deleted_at AS deletedAt,
              c.origin, c.bytes
       FROM examples e JOIN contents c ON c.id = e.content_id WHERE e.id = ?`,
    )
    .get(exampleId);
}

/** The example as it shall be; null when there is nothing to change. */
type Changer = (db: Db, target: Target) => JsonObject | null;

async function changerOf(parts: DatasetWorkerParts, change: RewriteChange): Promise<Changer> {
  if (change.kind === 'method')
    return (_, { bytes }) => JSON.parse(Buffer.from(bytes).toString('utf8')) as JsonObject;
  if (change.kind !== 'transform') return (db, target) => newValue(db, target, change);
  const transform = await parts.transforms[change.transform]?.();
  if (!transform) throw new Error(`no transform ${change.transform}`);
  return (_, { bytes, exampleId, position }) => {
    const value = JSON.parse(Buffer.from(bytes).toString('utf8')) as JsonObject;
    return transform(value, change.parameters, { exampleId, position });
  };
}

/** Throws INVALID_CONTENT for a text that does not parse. */
function newValue(
  db: Db,
  target: Target,
  change: Exclude<RewriteChange, { kind: 'transform' | 'method' }>,
): JsonObject | null {
  if (change.kind === 'edit') return parsed(change.text);
  const pointer = change.kind === 'fix' ? change.pointer : null;
  const fixes = db
    .prepare<{ kind: string; pointer: string }>(
      `SELECT fix_kind AS kind, pointer FROM findings
       WHERE content_id = ? AND code = ? AND fix_kind IS NOT NULL AND pointer = COALESCE(?, pointer)
       ORDER BY ordinal DESC`,
    )
    .all(target.contentId, change.code, pointer);
  const before = parsed(Buffer.from(target.bytes).toString('utf8'));
  const after = fixes.reduce((value, fix) => applyFix(value, fix) ?? value, before);
  return after === before ? null : after;
}

/** A text as an example; throws INVALID_CONTENT for one that is none. */
export function parsed(text: string): JsonObject {
  const reading = readExampleText(text);
  if (reading.kind === 'example') return reading.value;
  throw new AppFailure('INVALID_CONTENT', {
    what: reading.kind === 'blank' ? 'The example is empty.' : reading.message,
    todo: 'Correct the text; nothing was changed.',
    retry: 'never',
  });
}

function labelOf(change: RewriteChange, rewritten: number, position: number): string {
  if (change.kind === 'edit') return `edit example ${position}`;
  if (change.kind === 'transform') return change.label;
  if (change.kind === 'method') return `read as ${change.method.toUpperCase()}`;
  const title = titleOfCode(change.code).toLowerCase();
  return change.kind === 'fix'
    ? `fix “${title}” in example ${position}`
    : `fix “${title}” in ${rewritten} examples`;
}

function originOf({ kind }: RewriteChange, before: Target): Target['origin'] {
  if (kind === 'method') return before.origin;
  return kind === 'fix' || kind === 'fix-all' ? 'fixed' : 'edited';
}

function writeChunk(db: Db, input: RewriteInput, chunk: readonly Rewritten[]): void {
  for (const { target, bytes, analysis } of chunk) {
    insertContent(db, {
      exampleId: target.exampleId,
      previousId: target.contentId,
      batch: input.batch,
      origin: originOf(input.change, target),
      changeLabel: labelOf(input.change, 1, target.position),
      at: input.at,
      bytes,
      analysis,
    });
  }
}

const eventKinds = {
  edit: 'datasets.example-edited',
  fix: 'datasets.examples-fixed',
  'fix-all': 'datasets.examples-fixed',
  transform: 'datasets.examples-rewritten',
  method: 'datasets.method-changed',
} as const;

function putToUse(db: Db, { batch, datasetId, change, at }: RewriteInput, changed: number): void {
  const events = new EventLog({ now: () => at });
  registerOperations(events);
  const before = findDataset(db, datasetId)?.method ?? 'sft';
  const switched = (to: 'new' | 'previous'): Operation =>
    change.kind === 'method'
      ? operations.changeMethod(datasetId, { batch, to, method: to === 'new' ? change.method : before })
      : operations.switchContents(datasetId, { batch, to });
  const first = db
    .prepare<{ position: number }>(
      'SELECT e.position FROM contents c JOIN examples e ON e.id = c.example_id WHERE c.batch = ? LIMIT 1',
    )
    .get(batch);
  events.run(db, {
    feature: 'datasets',
    kind: eventKinds[change.kind],
    label: labelOf(change, changed, first?.position ?? 0),
    forward: switched('new'),
    inverse: switched('previous'),
  });
}

/** Removes the contents of a rewrite that never came to use. */
export function dropUnused(db: Db, batch: string): void {
  const unused = `SELECT id FROM contents c WHERE c.batch = ?
    AND NOT EXISTS (SELECT 1 FROM events e WHERE e.feature = 'datasets' AND instr(e.forward, c.batch) > 0)`;
  const ids = db.prepare<{ id: number }>(unused).all(batch);
  for (const { id } of ids) {
    db.prepare('DELETE FROM findings WHERE content_id = ?').run(id);
    db.prepare('DELETE FROM contents WHERE id = ?').run(id);
  }
}
