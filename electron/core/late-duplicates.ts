import type { DuplicateSearch } from './dataset-ports.ts';

/** Data sets come before what looks for duplicates in them. */
export function lateDuplicates(search: () => DuplicateSearch): DuplicateSearch {
  return {
    begin: (datasetId, sketches) => search().begin(datasetId, sketches),
    isDone: (db, datasetId) => search().isDone(db, datasetId),
    settled: (signal) => search().settled(signal),
  };
}
