import type { FoundGroup } from '../../../shared/features/quality/analysis/groups.ts';
import { comparableText } from '../../../shared/features/quality/near-duplicates/comparable-text.ts';
import {
  createSketcher,
  planSketches,
  type SketchPlan,
} from '../../../shared/features/quality/near-duplicates/sketch.ts';
import {
  createSketchTable,
  type SketchTable,
} from '../../../shared/features/quality/near-duplicates/sketch-table.ts';
import { hashValue } from '../../../shared/features/quality/near-duplicates/value-hash.ts';
import { AppFailure } from '../../../shared/failures.ts';
import type { DatasetStates, RowSketches } from '../../core/dataset-ports.ts';
import type { Db, DbAddress, WorkerContext } from '../../core/ports.ts';
import type { QualityWorkerParts } from './analyse.job.ts';
import { type AnalysedRows, createAnalysedRows, valueOfBytes } from './analysed-rows.ts';
import { beginGroups } from './comparisons.sql.ts';
import { findRepeats } from './find-groups.ts';
import { insertGroups } from './group-rows.ts';

export type CompareInput = {
  readonly store: DbAddress;
  readonly datasetId: string;
  /** Examples there are, for the progress. */
  readonly examples: number;
  readonly at: number;
  /** Of the rows as they were imported, if they are still known. */
  readonly sketches: RowSketches | null;
};

const tellEvery = 1000;

/** Finds exact and near duplicates and nothing else, with the usual settings. Job `quality.compare`. */
export function createCompareJob(parts: Pick<QualityWorkerParts, 'openStore' | 'examples' | 'states'>) {
  return async (input: CompareInput, context: WorkerContext): Promise<void> => {
    const db = parts.openStore(input.store);
    try {
      const rows = createAnalysedRows(db, parts.states);
      const plan = planSketches();
      const tell = teller(input, context);
      const table =
        tableOf(db, parts.states, { input, rows, plan }) ??
        sketchTexts(parts.examples(db, input.datasetId), { rows, plan, tell });
      const { groups } = findRepeats({ rows, plan, table }, (share) =>
        tell(Math.floor(rows.count * (1 + share))),
      );
      const of = (wanted: FoundGroup['kind']): number => groups.filter(({ kind }) => kind === wanted).length;
      const found = {
        examples: rows.count,
        exactGroups: of('exact'),
        nearGroups: of('near'),
        comparedAt: input.at,
      };
      const unlock = await context.lockWriter();
      try {
        db.transaction(() => {
          const { datasetId } = input;
          if (beginGroups(db, datasetId, found)) insertGroups(db, datasetId, { groups, rows });
        });
      } finally {
        unlock();
      }
    } finally {
      db.close();
    }
  };
}

/** Says how much of both passes is done, in examples, and stops the work when somebody asked for that. */
type Tell = (done: number) => void;

function teller({ examples }: CompareInput, context: WorkerContext): Tell {
  const total = Math.max(1, examples) * 2;
  return (done) => {
    if (context.isCancelled()) {
      throw new AppFailure('CANCELLED', {
        what: 'The look for duplicates was cancelled.',
        todo: 'An analysis on the Quality tab looks for them too.',
        retry: 'now',
      });
    }
    context.progress({ done: Math.min(done, total), total, message: '' });
  };
}

type Gathering = { readonly rows: AnalysedRows; readonly plan: SketchPlan };

/** The sketches made while the rows were imported; null when there are none or a row has changed since. */
function tableOf(
  db: Db,
  states: Pick<DatasetStates, 'revisionOf'>,
  { input, rows, plan }: Gathering & { readonly input: CompareInput },
): SketchTable | null {
  const { sketches, datasetId } = input;
  if (sketches === null || states.revisionOf(db, datasetId) !== sketches.revision) return null;
  const { exampleIds, contentIds, identities, lengths } = sketches;
  for (let row = 0; row < sketches.rows; row += 1) {
    const example = { exampleId: exampleIds[row] ?? 0, contentId: contentIds[row] ?? 0, split: null };
    // Equal values have equal identities, and few others begin alike.
    const hash = [identities[row * 2] ?? 0, identities[row * 2 + 1] ?? 0] as const;
    rows.add(example, lengths[row] ?? 0, hash);
  }
  return createSketchTable(plan, { from: sketches });
}

function sketchTexts(
  examples: ReturnType<QualityWorkerParts['examples']>,
  { rows, plan, tell }: Gathering & { readonly tell: Tell },
): SketchTable {
  const table = createSketchTable(plan);
  const sketcher = createSketcher(plan);
  for (const example of examples) {
    const value = valueOfBytes(example.bytes);
    const text = comparableText(value);
    rows.add(example, text.length, hashValue(value));
    const room = table.next();
    sketcher.sketch(text, room.chunk, room.at);
    if (rows.count % tellEvery === 0) tell(rows.count);
  }
  return table;
}
