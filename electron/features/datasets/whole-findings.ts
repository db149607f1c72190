import type { Dataset, Finding } from '../../../shared/features/datasets/datasets.model.ts';
import { checkWhole } from '../../../shared/features/datasets/provider-check.ts';
import {
  type ProviderRules,
  providerRuleBook,
  rulesOfProvider,
} from '../../../shared/features/datasets/provider-rules.model.ts';
import type { Kit } from '../../core/kit.ts';

/** The limits that hold as long as no provider is chosen. */
const usualProvider = 'openai';

/** The rules of a provider are read once: checking them takes longer than all that they are used for. */
const known = new WeakMap<Kit['resources'], ProviderRules>();

function usualRules({ resources }: Pick<Kit, 'resources'>): ProviderRules {
  const before = known.get(resources);
  if (before) return before;
  const book = providerRuleBook.parse(resources.readJson('provider-rules.json'));
  const rules = rulesOfProvider(book, usualProvider);
  known.set(resources, rules);
  return rules;
}

/** Findings about a data set as a whole, e.g. fewer than 10 examples; shown at its first line. */
export function wholeFindings(
  kit: Pick<Kit, 'resources'>,
  dataset: Dataset,
  { withImages }: { withImages: number },
): Finding[] {
  const facts = {
    method: dataset.method,
    examples: dataset.exampleCount,
    withImages,
    sizeBytes: dataset.sourceBytes,
    splits: dataset.splitCounts,
  };
  return checkWhole(facts, usualRules(kit)).map((one) => ({ ...one, line: 1 }));
}
