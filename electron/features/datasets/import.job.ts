import { AppFailure } from '../../../shared/failures.ts';
import type { CountText } from '../../../shared/tokens/encodings.ts';
import type { ExampleTransforms } from '../../core/dataset-ports.ts';
import type { Db, DbAddress } from '../../core/ports.ts';

/** What the worker jobs of this feature need from outside; wired in create-worker.ts. */
export type DatasetWorkerParts = {
  openStore(address: DbAddress): Db;
  createCounter(): CountText;
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
