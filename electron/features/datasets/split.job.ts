import {
  type SplitCounts,
  type SplitName,
  type SplitRecipe,
  splitRecipe,
} from '../../../shared/features/datasets/datasets.model.ts';
import { dealGroups } from '../../../shared/features/datasets/split.rules.ts';
import { AppFailure } from '../../../shared/failures.ts';
import { EventLog } from '../../core/event-log.ts';
import type { Db, DbAddress, WorkerContext } from '../../core/ports.ts';
import { findDataset } from './datasets.sql.ts';
import type { DatasetWorkerParts } from './import.job.ts';
import { operations, registerOperations } from './operations.ts';
import { packSplits } from './packed-splits.ts';
import { type Grouped, groupRows, readSplitRows, type SplitRow } from './split-groups.ts';

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
  /** Examples that had no value at the recipe's pointer; each stands for itself. */
  readonly ungrouped: number;
};

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
      recipe: was === null ? null : splitRecipe.parse(JSON.parse(was)),
      packed: packSplits(before),
    }),
  });
  return outcome;
}

function deal(db: Db, { datasetId, recipe }: SplitInput) {
  const key = findDataset(db, datasetId)?.key ?? 0;
  const rows = readSplitRows(db, key);
  const { sets, ungrouped } = groupRows(db, rows, recipe.groupBy);
  const groups = collectGroups(rows, sets, recipe.stratifyBy === 'label');
  const wanted = Object.values(recipe.ratios).filter((ratio) => ratio > 0).length;
  if (groups.size < wanted) throw impossible(groups.size, wanted);
  const dealt = dealGroups([...groups.values()], recipe);
  const counts: SplitCounts = { train: 0, validation: 0, test: 0, unassigned: 0 };
  const before = splitsByPosition(db, key);
  const after = [...before];
  for (const [at, row] of rows.entries()) {
    const side = dealt.get(groups.get(sets.find(at))?.key ?? '') ?? 'train';
    counts[side] += 1;
    after[row.position - 1] = side;
  }
  const largestGroup = [...groups.values()].reduce((most, { size }) => Math.max(most, size), 0);
  return { outcome: { counts, groups: groups.size, largestGroup, ungrouped }, before, after };
}

/** The splits of all examples, deleted ones too, by position. */
function splitsByPosition(db: Db, key: number): (SplitName | null)[] {
  return db
    .prepare<{ split: SplitName | null }>('SELECT split FROM examples WHERE dataset = ? ORDER BY position')
    .all(key)
    .map(({ split }) => split);
}

type Collected = { key: string; size: number; labels?: Map<string, number> };

/** Groups by the row that stands for each; a group is named by its smallest prompt hash, so that order does not matter. */
function collectGroups(
  rows: readonly SplitRow[],
  sets: Grouped['sets'],
  isLabelled: boolean,
): Map<number, Collected> {
  const groups = new Map<number, Collected>();
  for (const [at, { prompt, label }] of rows.entries()) {
    const root = sets.find(at);
    const group = groups.get(root) ?? { key: prompt, size: 0, ...(isLabelled ? { labels: new Map() } : {}) };
    groups.set(root, group);
    group.size += 1;
    if (prompt < group.key) group.key = prompt;
    const name = label ?? '';
    group.labels?.set(name, (group.labels.get(name) ?? 0) + 1);
  }
  return groups;
}

function impossible(groups: number, wanted: number): AppFailure {
  return new AppFailure('SPLIT_IMPOSSIBLE', {
    what: `There are ${groups} groups that must stay together, too few for ${wanted} splits.`,
    todo: 'Use fewer splits, group by less, or add examples with other prompts.',
    retry: 'never',
  });
}
