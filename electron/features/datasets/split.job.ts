import type {
  SplitCounts,
  SplitName,
  SplitRecipe,
} from '../../../shared/features/datasets/datasets.model.ts';
import { dealGroups } from '../../../shared/features/datasets/split.rules.ts';
import { AppFailure } from '../../../shared/failures.ts';
import { EventLog } from '../../core/event-log.ts';
import type { Db, DbAddress, WorkerContext } from '../../core/ports.ts';
import { findDataset } from './datasets.sql.ts';
import type { DatasetWorkerParts } from './import.job.ts';
import { operations, registerOperations } from './operations.ts';
import { packSplits } from './packed-splits.ts';

export type SplitInput = {
  readonly store: DbAddress;
  readonly datasetId: string;
  readonly recipe: SplitRecipe;
  /** False only counts what would come out. */
  readonly isApplied: boolean;
  readonly at: number;
};
export type SplitOutcome = {
  readonly counts: SplitCounts;
  readonly groups: number;
  readonly largestGroup: number;
};

type Row = { position: number; prompt: string; split: SplitName | null; isDeleted: number };

/** Deals the examples of a data set to its splits, identical prompts together. Job `datasets.split`. */
export function createSplitJob(parts: Pick<DatasetWorkerParts, 'openStore'>) {
  return async (input: SplitInput, context: WorkerContext): Promise<SplitOutcome> => {
    const db = parts.openStore(input.store);
    try {
      if (!input.isApplied) return deal(db, input).outcome;
      const unlock = await context.lockWriter();
      try {
        return db.transaction(() => apply(db, input));
      } finally {
        unlock();
      }
    } finally {
      db.close();
    }
  };
}

function apply(db: Db, input: SplitInput): SplitOutcome {
  const { datasetId, recipe } = input;
  const { outcome, before, after } = deal(db, input);
  const was = findDataset(db, datasetId)?.split_recipe ?? null;
  const events = new EventLog({ now: () => input.at });
  registerOperations(events);
  const { train, validation, test } = outcome.counts;
  events.run(db, {
    feature: 'datasets',
    kind: 'datasets.split',
    label: `split into ${[train, validation, test].filter((count) => count > 0).join(' / ')}`,
    forward: operations.assignSplits(datasetId, { recipe, packed: packSplits(after) }),
    inverse: operations.assignSplits(datasetId, {
      recipe: was === null ? null : (JSON.parse(was) as SplitRecipe),
      packed: packSplits(before),
    }),
  });
  return outcome;
}

function deal(db: Db, { datasetId, recipe }: SplitInput) {
  const key = findDataset(db, datasetId)?.key ?? 0;
  const rows = db
    .prepare<Row>(
      `SELECT position, hex(prompt_hash) AS prompt, split, deleted_at IS NOT NULL AS isDeleted
       FROM examples WHERE dataset = ? ORDER BY position`,
    )
    .all(key);
  const sizes = new Map<string, number>();
  for (const { prompt, isDeleted } of rows) if (!isDeleted) sizes.set(prompt, (sizes.get(prompt) ?? 0) + 1);
  const groups = [...sizes].map(([prompt, size]) => ({ key: prompt, size }));
  const wanted = Object.values(recipe.ratios).filter((ratio) => ratio > 0).length;
  if (groups.length < wanted) throw impossible(groups.length, wanted);
  const dealt = dealGroups(groups, recipe);
  const counts: SplitCounts = { train: 0, validation: 0, test: 0, unassigned: 0 };
  const after = rows.map(({ prompt, split, isDeleted }) => {
    if (isDeleted) return split;
    const side = dealt.get(prompt) ?? 'train';
    counts[side] += 1;
    return side;
  });
  const largestGroup = groups.reduce((most, { size }) => Math.max(most, size), 0);
  return {
    outcome: { counts, groups: groups.length, largestGroup },
    before: rows.map(({ split }) => split),
    after,
  };
}

function impossible(groups: number, wanted: number): AppFailure {
  return new AppFailure('SPLIT_IMPOSSIBLE', {
    what: `There are ${groups} different prompts, too few for ${wanted} splits.`,
    todo: 'Use fewer splits, or add examples with other prompts.',
    retry: 'never',
  });
}
