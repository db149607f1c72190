import type { FoundGroup } from '../../../shared/features/quality/analysis/groups.ts';
import { comparableText } from '../../../shared/features/quality/near-duplicates/comparable-text.ts';
import { createSketcher, planSketches } from '../../../shared/features/quality/near-duplicates/sketch.ts';
import { createSketchTable } from '../../../shared/features/quality/near-duplicates/sketch-table.ts';
import { hashValue } from '../../../shared/features/quality/near-duplicates/value-hash.ts';
import { AppFailure } from '../../../shared/failures.ts';
import type { DbAddress, WorkerContext } from '../../core/ports.ts';
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
};

const tellEvery = 1000;

/** Finds exact and near duplicates and nothing else, with the usual settings. Job `quality.compare`. */
export function createCompareJob(parts: Pick<QualityWorkerParts, 'openStore' | 'examples' | 'states'>) {
  return async (input: CompareInput, context: WorkerContext): Promise<void> => {
    const db = parts.openStore(input.store);
    try {
      const rows = createAnalysedRows(db, parts.states);
      const groups = compare(parts.examples(db, input.datasetId), rows, teller(input, context));
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

function compare(
  examples: ReturnType<QualityWorkerParts['examples']>,
  rows: AnalysedRows,
  tell: Tell,
): FoundGroup[] {
  const plan = planSketches();
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
  return findRepeats({ rows, plan, table }, (share) => tell(Math.floor(rows.count * (1 + share)))).groups;
}
