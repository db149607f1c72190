import { valueAt } from '../../../shared/features/datasets/json-pointer.ts';
import type { Edit } from '../../../shared/features/privacy/packed-edits.ts';
import { createEditPacker, type PackedEdits } from '../../../shared/features/privacy/packed-edits.ts';
import type { WhichDetections } from '../../../shared/features/privacy/privacy.model.ts';
import { maskOf, pseudonymOf } from '../../../shared/features/privacy/privacy.rules.ts';
import type { Db, DbAddress, WorkerContext } from '../../core/ports.ts';
import { contentText, decide, type DetectionRow, pagesOfOpen } from './privacy.sql.ts';
import { namePseudonym, vaultOrdinal } from './vault.sql.ts';
import { locked } from './scan.job.ts';
import type { PrivacyWorkerParts } from './worker-parts.ts';

export type EditsInput = {
  store: DbAddress;
  key: number;
  which: WhichDetections;
  action: 'masked' | 'pseudonymised';
};

/** What is to be put where, and how many places that are. */
export type EditsResult = { edits: PackedEdits; count: number };

/**
 * Works out what an action puts in the place of detections, and writes down what was asked for, a page at a time.
 * Pseudonyms take their values into the vault, where the same value of a type has the same number. Job `privacy.edits`.
 */
export function createEditsJob(parts: PrivacyWorkerParts) {
  return async (input: EditsInput, context: WorkerContext): Promise<EditsResult> => {
    const db = parts.openStore(input.store);
    try {
      const packer = createEditPacker();
      let count = 0;
      for (const rows of pagesOfOpen(db, input.key, input.which)) {
        await locked(db, context, () => {
          for (const [exampleId, ofExample] of Map.groupBy(rows, (row) => row.exampleId)) {
            for (const edit of editsOf(db, ofExample, input.action)) packer.add(exampleId, edit);
          }
          decide(db, rows, input.action);
        });
        count += rows.length;
      }
      return { edits: packer.packed(), count };
    } finally {
      db.close();
    }
  };
}

function editsOf(db: Db, rows: readonly DetectionRow[], action: EditsInput['action']): Edit[] {
  const [first] = rows;
  if (action === 'masked' || !first) {
    return rows.map(({ pointer, start, end, type }) => ({ pointer, start, end, text: maskOf(type) }));
  }
  const value: unknown = JSON.parse(contentText(db, first.contentId) ?? '{}');
  return rows.map(({ pointer, start, end, type }) => {
    const ordinal = vaultOrdinal(db, type, String(valueAt(value, pointer)).slice(start, end));
    const text = pseudonymOf(type, ordinal);
    namePseudonym(db, ordinal, text);
    return { pointer, start, end, text };
  });
}
