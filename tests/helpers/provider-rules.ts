import { readFileSync } from 'node:fs';
import {
  providerRuleBook,
  type ProviderRules,
  rulesOfProvider,
} from '../../shared/features/datasets/provider-rules.model.ts';

/** The rules of a provider as they ship with the program. */
export function shippedRules(provider: string): ProviderRules {
  const file = new URL('../../resources/provider-rules.json', import.meta.url);
  return rulesOfProvider(providerRuleBook.parse(JSON.parse(readFileSync(file, 'utf8'))), provider);
}
