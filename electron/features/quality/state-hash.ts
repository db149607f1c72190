import { createHash } from 'node:crypto';
import type { DatasetStates } from '../../core/dataset-ports.ts';
import type { Db } from '../../core/ports.ts';

/** Hashes which examples a data set has, with which contents, in which splits: what an analysis depends on. */
export function createStateHash() {
  const hash = createHash('sha256');
  const row = new Uint32Array(3);
  const bytes = new Uint8Array(row.buffer);
  return {
    add(exampleId: number, contentId: number, split: number): void {
      row[0] = exampleId;
      row[1] = contentId;
      row[2] = split;
      hash.update(bytes);
    },
    digest: (): Uint8Array => hash.digest(),
  };
}

/** The same of a data set as it is now, with its revision. */
export function currentState(
  db: Db,
  states: Pick<DatasetStates, 'read' | 'revisionOf'>,
  datasetId: string,
): { stateHash: Uint8Array; revision: number } {
  const revision = states.revisionOf(db, datasetId) ?? 0;
  const { exampleIds, contentIds, splits } = states.read(db, datasetId);
  const hash = createStateHash();
  for (let at = 0; at < exampleIds.length; at += 1) {
    hash.add(exampleIds[at] ?? 0, contentIds[at] ?? 0, splits[at] ?? 0);
  }
  return { stateHash: hash.digest(), revision };
}
