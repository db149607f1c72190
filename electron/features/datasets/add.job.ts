import { analyserOf } from '../../../shared/features/datasets/analyse-method.ts';
import type { Finding, Method } from '../../../shared/features/datasets/datasets.model.ts';
import { EventLog } from '../../core/event-log.ts';
import type { Db, DbAddress, WorkerContext } from '../../core/ports.ts';
import { sha256 } from './check-file.ts';
import { factColumns, insertContent, type NewContent } from './contents.sql.ts';
import { toIdRanges } from './id-ranges.ts';
import { enterPrompts } from './groups.sql.ts';
import type { DatasetWorkerParts } from './import.job.ts';
import { operations, registerOperations } from './operations.ts';
import { requireDataset } from './reader.ts';
import { parsed } from './rewrite.job.ts';
import { createSchemaChecker } from './schema-checker.ts';

export type AddInput = {
  readonly store: DbAddress;
  readonly datasetId: string;
  readonly text: string;
  readonly batch: string;
  readonly at: number;
  /** The example this is a copy of, with its line and tags. */
  readonly copyOf: { readonly exampleId: number; readonly position: number; readonly line: number } | null;
};

/** Adds an example at the end, as one event that undo hides again. Job `datasets.add`. */
export function createAddJob(parts: DatasetWorkerParts) {
  return async (input: AddInput, context: WorkerContext): Promise<{ exampleId: number }> => {
    const value = parsed(input.text);
    const tools = { schemas: createSchemaChecker(), countText: parts.createCounter(), hash: sha256 };
    const db = parts.openStore(input.store);
    const analysis = analyserOf(requireDataset(db, input.datasetId).method)(value, tools);
    const unlock = await context.lockWriter();
    try {
      return db.transaction(() => {
        const exampleId = insertHidden(db, input, {
          previousId: null,
          batch: input.batch,
          origin: 'edited',
          changeLabel: input.copyOf ? `copy of example ${input.copyOf.position}` : 'added',
          at: input.at,
          bytes: Buffer.from(JSON.stringify(value), 'utf8'),
          analysis,
        });
        const events = new EventLog({ now: () => input.at });
        registerOperations(events);
        const ids = toIdRanges([exampleId]);
        events.run(db, {
          feature: 'datasets',
          kind: 'datasets.example-added',
          label: input.copyOf ? `duplicate example ${input.copyOf.position}` : 'add an example',
          forward: operations.deleteExamples(input.datasetId, { ids, at: null }),
          inverse: operations.deleteExamples(input.datasetId, { ids, at: input.at }),
        });
        return { exampleId };
      });
    } finally {
      unlock();
      db.close();
    }
  };
}

const copied = factColumns.join(', ');

/** Writes the content and the example, not shown yet; answers its id. */
function insertHidden(db: Db, input: AddInput, content: Omit<NewContent, 'exampleId'>): number {
  const { key } = requireDataset(db, input.datasetId);
  const next = db
    .prepare<{ id: number; position: number; line: number }>(
      `SELECT (SELECT MAX(id) FROM examples) + 1 AS id, MAX(position) + 1 AS position, MAX(line) + 1 AS line
       FROM examples WHERE dataset = ?`,
    )
    .get(key);
  const { id, position, line } = { id: next?.id ?? 1, position: next?.position ?? 1, line: next?.line ?? 1 };
  const contentId = insertContent(db, { ...content, exampleId: id });
  db.prepare(
    `INSERT INTO examples (id, dataset, position, line, content_id, deleted_at, is_edited, has_images, ${copied})
     SELECT CAST(? AS INTEGER), ?, ?, ?, c.id, ?, 1, COALESCE(c.images, '[]') <> '[]', ${copied}
     FROM contents c WHERE c.id = ?`,
  ).run(id, key, position, input.copyOf?.line ?? line, input.at, contentId);
  enterPrompts(db, key, id);
  if (input.copyOf) {
    db.prepare(
      'INSERT INTO example_tags (example_id, tag, dataset) SELECT ?, tag, dataset FROM example_tags WHERE example_id = ?',
    ).run(id, input.copyOf.exampleId);
  }
  return id;
}

/** Findings and tokens that a text would have as an example; throws INVALID_CONTENT. Job `datasets.check-text`. */
export function createCheckTextJob(parts: DatasetWorkerParts) {
  return async (input: {
    text: string;
    method: Method;
  }): Promise<{ findings: Finding[]; tokens: number }> => {
    const tools = { schemas: createSchemaChecker(), countText: parts.createCounter(), hash: sha256 };
    const { findings, tokens } = analyserOf(input.method)(parsed(input.text), tools);
    return { findings: findings.map((one) => ({ ...one, line: 1 })), tokens: tokens.total };
  };
}
