import { baseModelOf } from '../../tokens/encodings.ts';
import type {
  CatalogueModel,
  ModelCatalogue,
  Price,
  PriceBook,
  PricedItem,
  PricedModel,
  PriceSubject,
} from './costs.model.ts';

/** Days from `today` to `until`, both YYYY-MM-DD; negative when past, null when there is no end. */
export function daysUntil(until: string | null, today: string): number | null {
  if (until === null) return null;
  return Math.round((Date.parse(`${until}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / 86_400_000);
}

/** The calendar day of a time in ms, UTC, as YYYY-MM-DD. */
export function dayOf(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 10);
}

/** Finds a provider's model by id, alias or the name of a fine-tune of it. */
export function findModel(
  catalogue: ModelCatalogue,
  asked: { provider: string; model: string },
): CatalogueModel | null {
  const base = baseModelOf(asked.model);
  const own = catalogue.models.filter((one) => one.provider === asked.provider);
  return own.find((one) => one.id === base || one.aliases.includes(base)) ?? null;
}

/** The price of a subject on `today`: the one that holds then, else the one that held last; null when there is none. */
export function findPrice(
  book: PriceBook,
  asked: { provider: string; model: string; what: PriceSubject; today: string },
): Price | null {
  const [best] = book.prices
    .filter((one) => one.provider === asked.provider && one.model === asked.model && one.what === asked.what)
    .toSorted((a, b) => rank(b, asked.today) - rank(a, asked.today));
  return best ? priceOf(best) : null;
}

/** Prices that hold come before those that ended; of these, the one that ended last comes first. */
function rank(item: PricedItem, today: string): number {
  const hasBegun = item.validFrom === null || item.validFrom <= today;
  if (!hasBegun) return Number.MIN_SAFE_INTEGER;
  const left = daysUntil(item.validUntil, today);
  return left === null || left >= 0 ? 1 : left;
}

function priceOf(item: PricedItem): Price {
  const { unit, microUsdPerUnit, source, retrievedOn, validFrom, validUntil } = item;
  return { unit, microUsdPerUnit, source, retrievedOn, validFrom, validUntil };
}

/** Every model of the catalogue with its prices and the days left of it on `today`. */
export function pricedModels(parts: {
  catalogue: ModelCatalogue;
  book: PriceBook;
  today: string;
}): PricedModel[] {
  const { catalogue, book, today } = parts;
  return catalogue.models.map((model) => {
    const subjects = book.prices
      .filter((one) => one.provider === model.provider && one.model === model.id && one.what !== 'training')
      .map((one) => one.what);
    const priced = (what: PriceSubject): Price | null =>
      findPrice(book, { provider: model.provider, model: model.id, what, today });
    return {
      ...model,
      trainingDaysLeft: daysUntil(model.trainingEndsOn, today),
      daysLeft: daysUntil(model.shutdownDate, today),
      trainingPrice: priced('training'),
      inferencePrices: [...new Set(subjects)].flatMap((what) => {
        const price = priced(what);
        return price ? [{ what, price }] : [];
      }),
    };
  });
}
