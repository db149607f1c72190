import { Coins } from 'lucide-react';
import type { PricedModel } from '../../../shared/features/costs/costs.model.ts';
import type { Dataset } from '../../../shared/features/datasets/datasets.model.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { type Screen, useSearchState } from '../../ui/location.ts';
import { PageHead, Section } from '../../ui/page-head.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Bill } from './bill.tsx';
import { Comparison } from './comparison.tsx';
import { useBill, useComparison, useCountableDatasets, usePricedModels } from './costs.queries.ts';
import { ModelDates } from './model-dates.tsx';
import { modelKey } from './model-words.ts';
import { recipeState, type SettledRecipe, settle } from './recipe.ts';
import { RecipeForm } from './recipe-form.tsx';

type Known = { models: readonly PricedModel[]; datasets: readonly Dataset[] };

function BillPane({ settled }: { settled: SettledRecipe }) {
  const bill = useBill(settled.wish);
  if (!settled.wish.source) {
    return (
      <EmptyState icon={<Coins aria-hidden />} title="Nothing to count yet">
        Import a data set, or choose “A size” and type in how many examples you have in mind.
      </EmptyState>
    );
  }
  if (bill.error) return <ErrorState error={bill.error} onRetry={() => void bill.refetch()} />;
  if (!bill.data) return <Skeleton rows={6} label="Working out the bill" />;
  return <Bill estimate={bill.data.estimate} scope={bill.data.scope} model={settled.model} />;
}

function ComparisonPane({ settled, models }: { settled: SettledRecipe; models: readonly PricedModel[] }) {
  const comparison = useComparison(settled.wish);
  if (!settled.wish.source) return null;
  return (
    <Section
      title="The same training elsewhere"
      description="The bar is this training’s price beside the dearest one."
    >
      <Loaded query={comparison}>
        {({ estimates }) => (
          <Comparison estimates={estimates} models={models} chosen={modelKey(settled.model)} />
        )}
      </Loaded>
    </Section>
  );
}

function Costs({ models, datasets }: Known) {
  const [recipe, change] = useSearchState(recipeState);
  const settled = settle(recipe, { models, datasetIds: datasets.map((one) => one.datasetId) });
  if (!settled) {
    return <EmptyState icon={<Coins aria-hidden />} title="No model can be trained any more" />;
  }
  return (
    <div className="flex min-h-0 flex-1 flex-wrap overflow-auto lg:flex-nowrap lg:overflow-hidden">
      <aside
        aria-label="Recipe"
        className="w-full shrink-0 border-b border-line bg-sunken p-6 lg:w-80 lg:overflow-auto lg:border-r lg:border-b-0"
      >
        <RecipeForm models={models} datasets={datasets} recipe={recipe} settled={settled} onChange={change} />
      </aside>
      {/* Scrolls on its own beside the recipe, so the keyboard must be able to get to it. */}
      <section
        aria-label="Bill and models"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region without controls needs focus
        tabIndex={0}
        className="focus-inside min-w-0 flex-1 lg:overflow-auto"
      >
        <div className="max-w-4xl space-y-8 p-6">
          <BillPane settled={settled} />
          <ComparisonPane settled={settled} models={models} />
          <Section
            title="How long each model can be trained"
            description="As published; what a connected provider itself lists stands under Settings, Providers."
          >
            <ModelDates models={models} />
          </Section>
        </div>
      </section>
    </div>
  );
}

function CostsPage() {
  const models = usePricedModels();
  const datasets = useCountableDatasets();
  return (
    <>
      <PageHead
        title="Costs"
        facts="What training would cost, worked out from dated prices on this machine. Nothing is sent."
      />
      <Loaded query={models}>
        {(known) => <Loaded query={datasets}>{(list) => <Costs models={known} datasets={list} />}</Loaded>}
      </Loaded>
    </>
  );
}

/** What training would cost: a recipe on the left, the bill and its comparison on the right. */
export const costsScreen: Screen = { path: '/costs', title: 'Costs', component: CostsPage };
