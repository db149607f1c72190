import { createMethodLook } from '../../../shared/features/datasets/across/method-look.ts';
import type { AcrossFindings } from '../../../shared/features/datasets/across/across-rows.ts';
import type { ReadPicture } from '../../../shared/features/datasets/across/picture-set.rules.ts';
import { readExampleText } from '../../../shared/features/datasets/read-line.ts';
import type { ExampleMark } from '../../core/dataset-ports.ts';
import type { Db, DbAddress, WorkerContext } from '../../core/ports.ts';
import { sha256 } from './check-file.ts';
import { type DatasetRow, findDataset } from './datasets.sql.ts';
import { streamExamples } from './example-stream.ts';
import { cancelled, type DatasetWorkerParts } from './import.job.ts';
import { lookState, saveLook } from './look-state.sql.ts';
import { replaceMarks } from './marks.sql.ts';

export type LookInput = { readonly store: DbAddress; readonly datasetId: string; readonly at: number };

const progressEvery = 1000;

/** Compares all rows of a data set with each other; the outcome becomes marks of the source `rows`. Job `datasets.look`. */
export function createLookJob(parts: Pick<DatasetWorkerParts, 'openStore' | 'readPicture'>) {
  return async (input: LookInput, context: WorkerContext): Promise<{ marked: number }> => {
    const db = parts.openStore(input.store);
    try {
      const row = findDataset(db, input.datasetId);
      if (!row) throw new Error(`no data set ${input.datasetId}`);
      const state = lookState(db, row);
      const found = lookAtRows(db, row, { context, readPicture: parts.readPicture });
      const unlock = await context.lockWriter();
      try {
        db.transaction(() => {
          replaceMarks(db, { datasetId: row.id, source: 'rows' }, marksFrom(found));
          const whole = found.whole.map(({ code, severity, message }) => ({ code, severity, message }));
          saveLook(db, row.key, { state, whole: JSON.stringify(whole), at: input.at });
        });
      } finally {
        unlock();
      }
      return { marked: found.rows.length };
    } finally {
      db.close();
    }
  };
}

type Looking = { readonly context: WorkerContext; readonly readPicture: ReadPicture };

function lookAtRows(db: Db, row: DatasetRow, { context, readPicture }: Looking): AcrossFindings {
  const grader: unknown = row.grader === null ? null : JSON.parse(row.grader);
  const look = createMethodLook({ method: row.method, grader, hash: sha256, readPicture });
  let done = 0;
  for (const { exampleId, bytes } of streamExamples(db, row.id)) {
    const reading = readExampleText(Buffer.from(bytes).toString('utf8'));
    if (reading.kind === 'example') look.add(exampleId, reading.value);
    done += 1;
    if (done % progressEvery !== 0) continue;
    if (context.isCancelled()) throw cancelled();
    context.progress({ done, total: row.line_count, message: 'Comparing' });
  }
  return look.finish();
}

function marksFrom(found: AcrossFindings): ExampleMark[] {
  return found.rows.map(({ row, related, finding }) => ({
    exampleId: row,
    code: finding.code,
    severity: finding.severity,
    pointer: finding.pointer,
    message: finding.message,
    relatedExampleId: related,
  }));
}
