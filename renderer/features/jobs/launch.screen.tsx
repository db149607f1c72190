import { Database } from 'lucide-react';
import type { PricedModel } from '../../../shared/features/costs/costs.model.ts';
import type { Dataset } from '../../../shared/features/datasets/datasets.model.ts';
import type { Connection } from '../../../shared/features/providers/providers.model.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { ButtonLink } from '../../ui/link.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { type Screen, useGo, useSearchState } from '../../ui/location.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { ScrollArea } from '../../ui/scroll-area.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Airlock } from './airlock.tsx';
import {
  useCatalogueModels,
  useConnectionModels,
  useLaunch,
  usePlan,
  useTrainableDatasets,
  useTrainingConnections,
} from './jobs.queries.ts';
import { LaunchBill, LaunchSteps } from './launch-bill.tsx';
import { LaunchForm } from './launch-form.tsx';
import {
  type ChangeRecipe,
  type ModelChoice,
  modelChoices,
  recipeState,
  requestOf,
  type Settled,
  settle,
  useRested,
} from './launch-recipe.ts';

const restMs = 250;

const noModels: readonly PricedModel[] = [];

function useModels(settled: Settled): {
  models: readonly ModelChoice[];
  catalogue: readonly PricedModel[];
} {
  const listed = useConnectionModels(settled.connection.id).data?.models ?? [];
  const catalogue = useCatalogueModels().data ?? noModels;
  return { models: modelChoices(settled, { listed, catalogue }), catalogue };
}

type Known = { datasets: readonly Dataset[]; connections: readonly Connection[] };

function Launch(props: Known & { settled: Settled; onChange: ChangeRecipe }) {
  const { settled, onChange } = props;
  const go = useGo();
  const { models, catalogue } = useModels(settled);
  const model = settled.recipe.model || models[0]?.id;
  const request = requestOf(settled, model);
  const rested = useRested(request, restMs);
  const plan = usePlan(rested);
  const launch = useLaunch();
  const isCurrent = JSON.stringify(request) === JSON.stringify(rested) && !plan.isPlaceholderData;

  const onLaunch = (): void => {
    const approvalId = plan.data?.approval?.approvalId;
    if (!approvalId || !request) return;
    launch.mutate(
      { approvalId, request },
      {
        onSuccess: ({ jobId }) => go(`/jobs/${jobId}`),
        // An approval is good once; the next try needs a new one.
        onError: () => void plan.refetch(),
      },
    );
  };
  return (
    <>
      <div className="flex min-h-0 flex-1 flex-wrap overflow-auto lg:flex-nowrap lg:overflow-hidden">
        <ScrollArea
          label="Recipe"
          className="w-full shrink-0 rounded-none border-b border-line px-6 py-5 lg:w-96 lg:border-r lg:border-b-0"
        >
          <LaunchForm
            {...props}
            models={models}
            catalogue={catalogue}
            model={model}
            planned={plan.data?.hyperparameters ?? []}
            onChange={onChange}
          />
        </ScrollArea>
        <ScrollArea label="Bill" className="min-w-0 flex-1 rounded-none px-6 py-5">
          {plan.error ? (
            <ErrorState error={plan.error} onRetry={() => void plan.refetch()} />
          ) : plan.data ? (
            <div className="max-w-2xl space-y-8">
              <LaunchBill plan={plan.data} />
              <LaunchSteps plan={plan.data} />
            </div>
          ) : (
            <Skeleton rows={6} label="Working out the plan" />
          )}
        </ScrollArea>
      </div>
      {plan.data && !plan.error && (
        <Airlock
          plan={plan.data}
          isCurrent={isCurrent}
          isPending={launch.isPending}
          error={launch.error}
          onLaunch={onLaunch}
        />
      )}
    </>
  );
}

function NoData() {
  return (
    <EmptyState
      icon={<Database aria-hidden />}
      title="There is nothing to train on yet"
      action={
        <ButtonLink href="/datasets?do=import" variant="primary">
          Import data
        </ButtonLink>
      }
    >
      A job needs a data set with a training split of at least ten examples.
    </EmptyState>
  );
}

function Settling({ datasets, connections }: Known) {
  const [recipe, change] = useSearchState(recipeState);
  const settled = settle(recipe, { datasets, connections });
  if (!settled) return <NoData />;
  return <Launch datasets={datasets} connections={connections} settled={settled} onChange={change} />;
}

function LaunchPage() {
  const datasets = useTrainableDatasets();
  const connections = useTrainingConnections();
  return (
    <>
      <PageHead title="New training job" crumbs={[{ label: 'Jobs', href: '/jobs' }]} />
      <Loaded query={datasets}>
        {(sets) => (
          <Loaded query={connections}>{(places) => <Settling datasets={sets} connections={places} />}</Loaded>
        )}
      </Loaded>
    </>
  );
}

/** Plans a training job and launches it: recipe, bill, airlock, one button. */
export const launchScreen: Screen = { path: '/jobs/new', title: 'New training job', component: LaunchPage };
