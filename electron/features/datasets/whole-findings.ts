import type { Dataset, Finding } from '../../../shared/features/datasets/datasets.model.ts';
import { checkWhole } from '../../../shared/features/datasets/provider-check.ts';
import {
  type ProviderRules,
  providerRuleBook,
  rulesOfProvider,
} from '../../../shared/features/datasets/provider-rules.model.ts';
import type { Kit } from '../../core/kit.ts';
import type { Db } from '../../core/ports.ts';

/** The limits that hold as long as no provider is chosen. */
const usualProvider = 'openai';

/** What a provider takes as training data; the usual rules for one that is not in the book. */
export function rulesFor(kit: Pick<Kit, 'resources'>, provider: string): ProviderRules {
  return rulesOfProvider(providerRuleBook.parse(kit.resources.readJson('provider-rules.json')), provider);
}

/** Findings about a data set as a whole, e.g. fewer than 10 examples; shown at its first line. */
export function wholeFindings(kit: Pick<Kit, 'resources'>, db: Db, dataset: Dataset): Finding[] {
  const facts = {
    method: dataset.method,
    examples: dataset.exampleCount,
    withImages: countWithImages(db, dataset.datasetId),
    sizeBytes: dataset.sourceBytes,
    splits: dataset.splitCounts,
  };
  return checkWhole(facts, rulesFor(kit, usualProvider)).map((one) => ({ ...one, line: 1 }));
}

function countWithImages(db: Db, datasetId: string): number {
  const row = db
    .prepare<{ count: number }>(
      `SELECT COALESCE(SUM(e.has_images), 0) AS count FROM examples e JOIN datasets d ON d.key = e.dataset
       WHERE d.id = ? AND e.deleted_at IS NULL`,
    )
    .get(datasetId);
  return row?.count ?? 0;
}
