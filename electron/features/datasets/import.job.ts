import type { ReadPicture } from '../../../shared/features/datasets/across/picture-set.rules.ts';
import type { PlainLines } from '../../../shared/features/datasets/plain-lines.ts';
import { AppFailure } from '../../../shared/failures.ts';
import type { CountText, Encoding } from '../../../shared/tokens/encodings.ts';
import type { ExampleTransforms } from '../../core/dataset-ports.ts';
import type { Db, DbAddress } from '../../core/ports.ts';

/** What the worker jobs of this feature need from outside; wired in create-worker.ts. */
export type DatasetWorkerParts = {
  openStore(address: DbAddress): Db;
  /** A counter of this thread; `o200k_base` unless another vocabulary is named. */
  createCounter(encoding?: Encoding): CountText;
  /** The reader of plain lines of this thread; null where it cannot be had. It shares its memory with the counter. */
  plainLines(encoding: Encoding): PlainLines | null;
  readonly readPicture: ReadPicture;
  /** What can be done to examples by name, for rewriting. */
  transforms: ExampleTransforms;
};

/** The failure of a task that its user stopped. */
export function cancelled(): AppFailure {
  return new AppFailure('CANCELLED', {
    what: 'The task was cancelled.',
    todo: 'Nothing of it was kept.',
    retry: 'now',
  });
}
