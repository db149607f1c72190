import type { LeakReport } from '../../../shared/features/datasets/datasets.model.ts';
import type { DbAddress } from '../../core/ports.ts';
import { findDataset } from './datasets.sql.ts';
import type { DatasetWorkerParts } from './import.job.ts';
import { nearPromptsOf, readSplitRows, type SplitRow } from './split-groups.ts';

export type LeaksInput = { readonly store: DbAddress; readonly datasetId: string };

const shownGroups = 20;
const shownExamples = 6;

/** Looks for prompts that stand in more than one split: what is tested or validated must not be learned. Job `datasets.leaks`. */
export function createLeaksJob(parts: Pick<DatasetWorkerParts, 'openStore'>) {
  return async (input: LeaksInput): Promise<LeakReport> => {
    const db = parts.openStore(input.store);
    try {
      const rows = readSplitRows(db, findDataset(db, input.datasetId)?.key ?? 0);
      const byPrompt = new Map<string, number[]>();
      for (const [at, row] of rows.entries()) {
        const known = byPrompt.get(row.prompt);
        if (known) known.push(at);
        else byPrompt.set(row.prompt, [at]);
      }
      return { identical: leaksIn(rows, byPrompt.values()), near: leaksIn(rows, nearPromptsOf(db, rows)) };
    } finally {
      db.close();
    }
  };
}

function leaksIn(rows: readonly SplitRow[], groups: Iterable<readonly number[]>): LeakReport['near'] {
  const report: LeakReport['near'] = { groups: 0, examples: [] };
  for (const group of groups) {
    const splits = new Set(group.flatMap((at) => rows[at]?.split ?? []));
    if (splits.size < 2) continue;
    report.groups += 1;
    if (report.examples.length === shownGroups) continue;
    report.examples.push(group.slice(0, shownExamples).map((at) => rows[at]?.position ?? 0));
  }
  return report;
}
