import { AppFailure } from '../../../shared/failures.ts';
import {
  dayOf,
  daysUntil,
  findModel,
  findPrice,
  pricedModels,
} from '../../../shared/features/costs/catalogue.ts';
import type { costsContract } from '../../../shared/features/costs/costs.contract.ts';
import {
  type CatalogueModel,
  type CostEstimate,
  type CostSource,
  type EpochChoice,
  type ModelCatalogue,
  modelCatalogue,
  type Price,
  type PriceBook,
  priceBook,
  type TrainingMethod,
} from '../../../shared/features/costs/costs.model.ts';
import { type TokenLoad, trainingCost } from '../../../shared/features/costs/costs.rules.ts';
import type { CostEstimator, DatasetReader } from '../../core/feature-ports.ts';
import type { Handlers } from '../../core/handlers.ts';
import type { Kit } from '../../core/kit.ts';

type Scope = 'size' | 'train' | 'all';
type Priced = { model: CatalogueModel; price: Price };
type Wish = { provider: string; model: string; method: TrainingMethod };

/** Looks models and prices up in the resources, as of today. */
function createPricing(kit: Kit) {
  let read: { book: PriceBook; catalogue: ModelCatalogue } | null = null;
  // Read when first asked for: most starts of the program end without a look at the prices.
  const known = (): { book: PriceBook; catalogue: ModelCatalogue } => {
    read ??= {
      book: priceBook.parse(kit.resources.readJson('price-book.json')),
      catalogue: modelCatalogue.parse(kit.resources.readJson('models.json')),
    };
    return read;
  };
  const today = (): string => dayOf(kit.clock.now());
  const find = (asked: { provider: string; model: string }): Priced | null => {
    const { book, catalogue } = known();
    const model = findModel(catalogue, asked);
    if (!model) return null;
    const price = findPrice(book, {
      provider: asked.provider,
      model: model.id,
      what: 'training',
      today: today(),
    });
    return price && { model, price };
  };
  return {
    find,
    methodsOf: (asked: { provider: string; model: string }): readonly TrainingMethod[] | null =>
      findModel(known().catalogue, asked)?.methods ?? null,
    list: () => pricedModels({ ...known(), today: today() }),
    /** Paid models that can still be trained with `method` and have a price per token. */
    comparable(method: TrainingMethod): { wish: Wish; priced: Priced }[] {
      return known()
        .catalogue.models.filter((one) => one.provider !== 'practice' && one.methods.includes(method))
        .filter((one) => (daysUntil(one.trainingEndsOn, today()) ?? 0) >= 0)
        .flatMap((one) => {
          const wish: Wish = { provider: one.provider, model: one.id, method };
          const priced = find(wish);
          return priced?.price.unit === '1M_tokens' ? [{ wish, priced }] : [];
        });
    },
  };
}

function bill(priced: Priced, input: { wish: Wish; load: TokenLoad; epochs: EpochChoice }): CostEstimate {
  return trainingCost({
    provider: input.wish.provider,
    model: priced.model.id,
    method: input.wish.method,
    load: input.load,
    epochs: input.epochs,
    limit: priced.model.exampleTokens,
    price: priced.price,
  });
}

/** The costs feature: dated prices from resources, arithmetic from the rules, sizes from the data sets. */
export function createCostsService(
  kit: Kit,
  ports: { datasets: Pick<DatasetReader, 'facts' | 'tokenCounts'> },
): { handlers: Handlers<typeof costsContract>; estimator: CostEstimator } {
  const pricing = createPricing(kit);
  const scopeOf = (source: CostSource): Scope => {
    if (source.kind === 'size') return 'size';
    return ports.datasets.facts(source.datasetId).splitCounts.train > 0 ? 'train' : 'all';
  };
  const loadFor = (source: CostSource, scope: Scope, model: string): TokenLoad => {
    if (source.kind === 'size') return source;
    const split = scope === 'train' ? 'train' : 'all';
    return { kind: 'counts', tokenCounts: ports.datasets.tokenCounts(source.datasetId, split, model) };
  };

  return {
    handlers: {
      models: () => pricing.list(),
      estimate({ source, provider, model, method, epochs }) {
        const priced = pricing.find({ provider, model });
        if (!priced || priced.price.unit === 'hour') throw modelUnknown({ provider, model, method });
        const scope = scopeOf(source);
        const load = loadFor(source, scope, priced.model.id);
        return { estimate: bill(priced, { wish: { provider, model, method }, load, epochs }), scope };
      },
      compare({ source, method, epochs }) {
        const scope = scopeOf(source);
        const estimates = pricing.comparable(method).map(({ wish, priced }) => {
          return bill(priced, { wish, load: loadFor(source, scope, priced.model.id), epochs });
        });
        return { estimates: estimates.toSorted((a, b) => a.totalMicroUsd - b.totalMicroUsd), scope };
      },
    },
    estimator: {
      training({ provider, model, method, tokenCounts, nEpochs }) {
        const wish: Wish = { provider, model, method };
        const priced = pricing.find(wish);
        return priced && bill(priced, { wish, load: { kind: 'counts', tokenCounts }, epochs: nEpochs });
      },
      methodsOf: (asked) => pricing.methodsOf(asked),
    },
  };
}

function modelUnknown(wish: Wish): AppFailure {
  const what =
    wish.method === 'reinforcement'
      ? `Reinforcement training of ${wish.model} is billed by the hour, so tokens do not tell its price.`
      : `No training price is on file for ${wish.model} at ${wish.provider}.`;
  return new AppFailure('MODEL_UNKNOWN', {
    what,
    todo: 'Choose one of the models under Costs.',
    retry: 'never',
  });
}
