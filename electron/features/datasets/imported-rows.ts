import type { RowSketches } from '../../core/dataset-ports.ts';
import type { GroupHashes } from './groups.sql.ts';
import type { FirstIds } from './import-rows.sql.ts';
import type { ParsedPart } from './parsed-part.ts';
import { rowHashBytes } from '../../../shared/features/datasets/plain-rows.ts';

/** Bytes that are kept of a row: the first 8 of its identity, and what it asks and answers. */
const keptBytes = 24;
const wordBytes = 4;

/** Ids and hashes of the rows of an import in their order, so that nobody need read them again right after. */
export function createImportedRows() {
  const parts: { rows: number; first: FirstIds; hashes: Uint8Array }[] = [];
  let rows = 0;
  return {
    /** Takes what is needed of a part whose rows were given ids from `first` on. */
    add(part: ParsedPart, first: FirstIds): void {
      const hashes = new Uint8Array(part.rows * keptBytes);
      for (let row = 0; row < part.rows; row += 1) {
        const from = row * rowHashBytes;
        hashes.set(part.hashes.subarray(from, from + 8), row * keptBytes);
        hashes.set(part.hashes.subarray(from + 32, from + 48), row * keptBytes + 8);
      }
      parts.push({ rows: part.rows, first, hashes });
      rows += part.rows;
    },
    get count(): number {
      return rows;
    },
    /** The rows as markAllGroups reads them: none is marked yet. */
    *members(): Generator<GroupHashes, void, void> {
      for (const { rows: count, first, hashes } of parts) {
        for (let row = 0; row < count; row += 1) {
          const at = row * keptBytes;
          yield {
            id: first.exampleId + row,
            identity: hashes.subarray(at, at + 8),
            prompt_hash: hashes.subarray(at + 8, at + 16),
            answer_hash: hashes.subarray(at + 16, at + 24),
            duplicate_of: null,
            conflicts_with: null,
          };
        }
      }
    },
    /** What the look for duplicates needs of each row, in memory that threads share. */
    finish(): Pick<RowSketches, 'exampleIds' | 'contentIds' | 'identities'> {
      const words = (length: number) => new Uint32Array(new SharedArrayBuffer(length * wordBytes));
      const [exampleIds, contentIds, identities] = [words(rows), words(rows), words(rows * 2)];
      let at = 0;
      for (const { rows: count, first, hashes } of parts) {
        const view = new DataView(hashes.buffer);
        for (let row = 0; row < count; row += 1) {
          exampleIds[at] = first.exampleId + row;
          contentIds[at] = first.contentId + row;
          identities[at * 2] = view.getUint32(row * keptBytes);
          identities[at * 2 + 1] = view.getUint32(row * keptBytes + wordBytes);
          at += 1;
        }
      }
      return { exampleIds, contentIds, identities };
    },
  };
}
