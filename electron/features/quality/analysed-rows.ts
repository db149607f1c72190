import { splitsByCode } from '../../../shared/features/datasets/split.rules.ts';
import { splitIndex } from '../../../shared/features/quality/analysis/counts.ts';
import type { SplitName } from '../../../shared/features/datasets/datasets.model.ts';
import type { JsonObject } from '../../../shared/features/datasets/read-line.ts';
import { readConversation } from '../../../shared/features/quality/conversation.ts';
import { comparableText } from '../../../shared/features/quality/near-duplicates/comparable-text.ts';
import { areEqualValues } from '../../../shared/features/quality/near-duplicates/equal-values.ts';
import { createNumberList } from '../../../shared/features/quality/near-duplicates/number-list.ts';
import type { DatasetStates, StoredExample } from '../../core/dataset-ports.ts';
import type { Db } from '../../core/ports.ts';
import { createStateHash } from './state-hash.ts';

const words = (length: number): Uint32Array => new Uint32Array(length);
const decoder = new TextDecoder();

/** The value of an example; what is in the store is valid JSON. */
export function valueOfBytes(bytes: Uint8Array): JsonObject {
  return JSON.parse(decoder.decode(bytes)) as JsonObject;
}

/** The rows an analysis has seen: 21 bytes each; texts are read again when they are needed. */
export function createAnalysedRows(db: Db, states: Pick<DatasetStates, 'bytesOf'>) {
  const columns = {
    examples: createNumberList(words),
    contents: createNumberList(words),
    splits: createNumberList((length) => new Uint8Array(length)),
    lengths: createNumberList(words),
    lowHashes: createNumberList(words),
    highHashes: createNumberList(words),
  };
  const state = createStateHash();
  const valueAt = (row: number): JsonObject => {
    const [bytes] = states.bytesOf(db, Uint32Array.of(columns.contents.at(row)));
    return bytes ? valueOfBytes(bytes) : {};
  };
  return {
    add(
      example: Pick<StoredExample, 'exampleId' | 'contentId' | 'split'>,
      length: number,
      hash: readonly [number, number],
    ): void {
      const split = example.split === null ? 0 : splitIndex[example.split];
      columns.examples.push(example.exampleId);
      columns.contents.push(example.contentId);
      columns.splits.push(split);
      columns.lengths.push(length);
      columns.lowHashes.push(hash[0]);
      columns.highHashes.push(hash[1]);
      state.add(example.exampleId, example.contentId, split);
    },
    get count(): number {
      return columns.examples.length;
    },
    stateHash: (): Uint8Array => state.digest(),
    splitAt: (row: number): SplitName | null => splitsByCode[columns.splits.at(row)] ?? null,
    memberAt: (row: number) => ({
      exampleId: columns.examples.at(row),
      contentId: columns.contents.at(row),
      length: columns.lengths.at(row),
    }),
    hashAt: (row: number): readonly [number, number] => [
      columns.lowHashes.at(row),
      columns.highHashes.at(row),
    ],
    areEqual: (one: number, other: number): boolean => areEqualValues(valueAt(one), valueAt(other)),
    textAt: (row: number): string => comparableText(valueAt(row)),
    conversationAt: (row: number) => readConversation(valueAt(row)),
  };
}
export type AnalysedRows = ReturnType<typeof createAnalysedRows>;
