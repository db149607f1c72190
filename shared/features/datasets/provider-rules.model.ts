import { z } from 'zod';
import { method, severity } from './datasets.model.ts';

const counted = z.object({ value: z.number().int().positive(), source: z.string().min(1) });

/** What one provider takes as training data; every rule names where it is written. */
export const providerRules = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  minExamples: counted,
  /** Bytes of a file that is sent in one piece, and in parts. */
  maxFileBytes: counted,
  maxUploadBytes: counted,
  suffix: z.object({
    maxCharacters: z.number().int().positive(),
    pattern: z.string().nullable(),
    source: z.string().min(1),
  }),
  images: z.object({ perExample: counted, examplesPerFile: counted, bytes: counted }),
  reinforcement: z.object({
    maxTraining: counted,
    maxValidation: counted,
    needsValidation: z.object({ value: z.boolean(), source: z.string().min(1) }),
  }),
  moderation: z.object({ isOffered: z.boolean(), price: z.string().nullable(), source: z.string().min(1) }),
  /** Where this provider is stricter or milder than the usual severity of a finding; null: it does not mind at all. */
  severities: z.array(
    z.object({ code: z.string(), severity: severity.nullable(), source: z.string().min(1) }),
  ),
  /** What to know before sending a data set of a method there. */
  notices: z.array(
    z.object({ methods: z.array(method).min(1), severity, text: z.string(), source: z.string().min(1) }),
  ),
});
export type ProviderRules = z.infer<typeof providerRules>;

/** The rules as they lie in resources/provider-rules.json. */
export const providerRuleBook = z.object({
  asOf: z.string().regex(/^\d{4}-\d\d-\d\d$/),
  providers: z.array(providerRules).min(1),
});
export type ProviderRuleBook = z.infer<typeof providerRuleBook>;

/** The rules of a provider by its id; those of OpenAI, which most servers copy, for one that is not in the book. */
export function rulesOfProvider(book: ProviderRuleBook, id: string): ProviderRules {
  const found =
    book.providers.find((one) => one.id === id) ?? book.providers.find((one) => one.id === 'openai');
  if (!found) throw new Error('the provider rules lack OpenAI');
  return found;
}
