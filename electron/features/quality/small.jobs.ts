import { statSync } from 'node:fs';
import { createFacets } from '../../../shared/features/quality/analysis/facets.ts';
import { droppedIndexes } from '../../../shared/features/quality/balance.rules.ts';
import { readConversation } from '../../../shared/features/quality/conversation.ts';
import { readLine } from '../../../shared/features/datasets/read-line.ts';
import type { GroupKind, KeepRule, QualityChart } from '../../../shared/features/quality/quality.model.ts';
import type { DbAddress, WorkerContext } from '../../core/ports.ts';
import type { ExampleLookup } from '../../core/dataset-ports.ts';
import type { QualityWorkerParts } from './analyse.job.ts';
import { valueOfBytes } from './analysed-rows.ts';
import type { FileReading } from './duplicates-in-file.ts';
import { groupMembers, groupPage, type StoredMember } from './quality.sql.ts';
import { currentState } from './state-hash.ts';

/** Job `quality.state`: what a data set is now, to be held against what was analysed. */
export function createStateJob(parts: Pick<QualityWorkerParts, 'openStore' | 'states'>) {
  return async (input: { store: DbAddress; datasetId: string }) => {
    const db = parts.openStore(input.store);
    try {
      return currentState(db, parts.states, input.datasetId);
    } finally {
      db.close();
    }
  };
}

export type RepeatsInput = {
  readonly store: DbAddress;
  readonly datasetId: string;
  readonly kind: GroupKind;
  readonly ordinals: readonly number[] | null;
  readonly keep: KeepRule;
};

const groupsAtOnce = 500;

/** Job `quality.repeats`: the examples of groups that are left when one of each stays. */
export function createRepeatsJob(parts: Pick<QualityWorkerParts, 'openStore'> & { lookup: ExampleLookup }) {
  return async (input: RepeatsInput): Promise<{ exampleIds: number[] }> => {
    const db = parts.openStore(input.store);
    try {
      const repeats = (ordinal: number): number[] => {
        const members = groupMembers(db, { ...input, ordinal }, Number.MAX_SAFE_INTEGER);
        const found = parts.lookup(
          db,
          members.map(({ exampleId }) => exampleId),
        );
        const live = members.flatMap((member) => {
          const now = found.get(member.exampleId);
          return now && !now.isDeleted ? [{ ...member, contentId: now.contentId }] : [];
        });
        const kept = keptOf(live, input.keep);
        return live.filter((one) => one !== kept).map(({ exampleId }) => exampleId);
      };
      if (input.ordinals) return { exampleIds: input.ordinals.flatMap(repeats) };
      const exampleIds: number[] = [];
      for (let start = 0; ; start += groupsAtOnce) {
        const page = groupPage(db, input, { start, limit: groupsAtOnce });
        for (const { ordinal } of page) for (const id of repeats(ordinal)) exampleIds.push(id);
        if (page.length < groupsAtOnce) return { exampleIds };
      }
    } finally {
      db.close();
    }
  };
}

/** The member that stays; contents are numbered in the order they were written, so that the newest is the largest. */
function keptOf(members: readonly StoredMember[], keep: KeepRule): StoredMember | undefined {
  const [first] = members;
  if (!first || keep === 'first') return first;
  const measure = keep === 'longest' ? 'length' : 'contentId';
  return members.reduce((best, one) => (one[measure] > best[measure] ? one : best), first);
}

/** Job `quality.sample`: counts what a JSONL file of production traffic is made of; its texts are not kept. */
export function createSampleJob(reading: FileReading) {
  return async (
    input: { path: string },
    context: WorkerContext,
  ): Promise<{ examples: number; charts: QualityChart[] }> => {
    const total = statSync(input.path).size;
    const facets = createFacets();
    reading.readLines(
      { path: input.path, start: 0, end: total },
      (line) => {
        const found = readLine(line, (bytes) => reading.decode(bytes));
        if (found.kind === 'example') facets.add(0, 0, readConversation(found.value));
      },
      (read) => context.progress({ done: read, total, message: 'Reading the sample' }),
    );
    return { examples: facets.rows, charts: facets.charts() };
  };
}

export type SurplusInput = {
  readonly store: DbAddress;
  readonly datasetId: string;
  /** How many examples of each label stay; examples of other labels or none are left alone. */
  readonly keep: readonly { name: string; keep: number }[];
  readonly seed: number;
};

/** Job `quality.surplus`: the examples that are too much, drawn evenly by the seed. */
export function createSurplusJob(parts: Pick<QualityWorkerParts, 'openStore' | 'examples'>) {
  return async (input: SurplusInput): Promise<{ exampleIds: number[] }> => {
    const db = parts.openStore(input.store);
    try {
      const byLabel = new Map(input.keep.map(({ name }) => [name, [] as number[]]));
      for (const { exampleId, bytes } of parts.examples(db, input.datasetId)) {
        const { label } = readConversation(valueOfBytes(bytes));
        if (label !== null) byLabel.get(label)?.push(exampleId);
      }
      const exampleIds = input.keep.flatMap(({ name, keep }) => {
        const ids = byLabel.get(name) ?? [];
        return droppedIndexes(ids.length, keep, { seed: input.seed, name }).map((at) => ids[at] ?? 0);
      });
      return { exampleIds: exampleIds.toSorted((a, b) => a - b) };
    } finally {
      db.close();
    }
  };
}
