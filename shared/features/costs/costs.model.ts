import { z } from 'zod';

/** A calendar day, YYYY-MM-DD. */
export const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** How a model is trained, in the platform's words. */
export const trainingMethod = z.enum(['supervised', 'dpo', 'reinforcement']);
export type TrainingMethod = z.infer<typeof trainingMethod>;

/** A price with where it was read and when it holds. Money is integer micro-USD. Dates are YYYY-MM-DD. */
export const price = z.object({
  unit: z.enum(['1M_tokens', 'hour']),
  microUsdPerUnit: z.number().int().nonnegative(),
  source: z.string(),
  retrievedOn: z.string(),
  validFrom: z.string().nullable(),
  validUntil: z.string().nullable(),
});
export type Price = z.infer<typeof price>;

/** What a price is for; `tuned_…` is using a fine-tuned model, `base_…` the model as it comes. */
export const priceSubject = z.enum([
  'training',
  'tuned_input',
  'tuned_cached_input',
  'tuned_output',
  'tuned_batch_input',
  'tuned_batch_cached_input',
  'tuned_batch_output',
  'base_input',
  'base_cached_input',
  'base_output',
]);
export type PriceSubject = z.infer<typeof priceSubject>;

/** An entry of resources/price-book.json. */
export const pricedItem = price.extend({
  provider: z.string().min(1),
  model: z.string().min(1),
  what: priceSubject,
  source: z.string().min(1),
  retrievedOn: day,
  validFrom: day.nullable(),
  validUntil: day.nullable(),
});
export type PricedItem = z.infer<typeof pricedItem>;

/** The price book as it lies in resources; amounts are integer micro-USD per unit. */
export const priceBook = z.object({ currency: z.literal('USD'), prices: z.array(pricedItem).min(1) });
export type PriceBook = z.infer<typeof priceBook>;

/** An entry of resources/models.json: what a provider lets one train, and until when. */
export const catalogueModel = z.object({
  provider: z.string().min(1),
  id: z.string().min(1),
  name: z.string().min(1),
  aliases: z.array(z.string()),
  methods: z.array(trainingMethod).min(1),
  acceptsImages: z.boolean(),
  encoding: z.enum(['o200k_base', 'cl100k_base']),
  /** Null where no document says it. */
  contextTokens: z.number().int().positive().nullable(),
  /** Tokens of one training example that are used; the rest is cut from the end. Null where no document says it. */
  exampleTokens: z.number().int().positive().nullable(),
  /** Last day on which a job can be created; null when no end is known. */
  trainingEndsOn: day.nullable(),
  /** Day from which the model and what was tuned from it no longer answer. */
  shutdownDate: day.nullable(),
  replacement: z.string().nullable(),
  source: z.string().min(1),
  retrievedOn: day,
});
export type CatalogueModel = z.infer<typeof catalogueModel>;

/** The model catalogue as it lies in resources. */
export const modelCatalogue = z.object({ models: z.array(catalogueModel).min(1) });
export type ModelCatalogue = z.infer<typeof modelCatalogue>;

/** One line of the arithmetic, as shown: `label`, the formula with its numbers, and the result. */
export const costLine = z.object({
  label: z.string(),
  formula: z.string(),
  result: z.string(),
  microUsd: z.number().int().nullable(),
});
export type CostLine = z.infer<typeof costLine>;

/** Training cost: billedTokens = Σ min(limit, tokens) × epochs; total = billedTokens × price, rounded half up. */
export const costEstimate = z.object({
  provider: z.string(),
  model: z.string(),
  method: z.string(),
  examples: z.number().int(),
  epochs: z.number().int(),
  tokensPerEpoch: z.number().int(),
  billedTokens: z.number().int(),
  truncatedExamples: z.number().int(),
  totalMicroUsd: z.number().int().nonnegative(),
  price,
  lines: z.array(costLine),
});
export type CostEstimate = z.infer<typeof costEstimate>;

/** A model one could train, with the days left of it today (negative when past, null when no end is known). */
export const pricedModel = catalogueModel.extend({
  trainingDaysLeft: z.number().int().nullable(),
  daysLeft: z.number().int().nullable(),
  /** Null when the price book has no training price for it. */
  trainingPrice: price.nullable(),
  inferencePrices: z.array(z.object({ what: priceSubject, price })),
});
export type PricedModel = z.infer<typeof pricedModel>;

/** What would be trained on: a data set's training split (all of it when it is not split), or a size typed in. */
export const costSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('dataset'), datasetId: z.string() }),
  z.object({
    kind: z.literal('size'),
    examples: z.number().int().min(1).max(100_000_000),
    tokensPerExample: z.number().int().min(1).max(10_000_000),
  }),
]);
export type CostSource = z.infer<typeof costSource>;

/** How many times the data is gone through; `auto` is the platform's published rule of thumb. */
export const epochChoice = z.union([z.number().int().min(1).max(50), z.literal('auto')]);
export type EpochChoice = z.infer<typeof epochChoice>;
