import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { CostSource, EpochChoice, TrainingMethod } from '../../../shared/features/costs/costs.model.ts';
import { rpc } from '../../rpc.ts';

/** Every model of the catalogue with its prices and the days left of it. */
export function usePricedModels() {
  return useQuery({ queryKey: ['costs', 'models'], queryFn: () => rpc.costs.models() });
}

/** The data sets one can count on. */
export function useCountableDatasets() {
  return useQuery({ queryKey: ['datasets', 'list'], queryFn: () => rpc.datasets.list() });
}

/** What a bill is asked for; a null source means that nothing is chosen yet. */
export type BillWish = {
  source: CostSource | null;
  provider: string;
  model: string;
  method: TrainingMethod;
  epochs: EpochChoice;
};

/** An answer about a data set is kept under `datasets`: it is stale when an example changes. */
const keyFor = (source: CostSource | null): string => (source?.kind === 'dataset' ? 'datasets' : 'costs');

/** The bill for one model; the last one stays while the next is worked out. */
export function useBill(wish: BillWish) {
  const { source, ...rest } = wish;
  return useQuery({
    queryKey: [keyFor(source), 'bill', wish],
    queryFn: () => {
      if (!source) throw new Error('no source is chosen');
      return rpc.costs.estimate({ source, ...rest });
    },
    enabled: source !== null,
    placeholderData: keepPreviousData,
  });
}

/** The same training on every model that can still be trained. */
export function useComparison({ source, method, epochs }: BillWish) {
  return useQuery({
    queryKey: [keyFor(source), 'comparison', { source, method, epochs }],
    queryFn: () => {
      if (!source) throw new Error('no source is chosen');
      return rpc.costs.compare({ source, method, epochs });
    },
    enabled: source !== null,
    placeholderData: keepPreviousData,
  });
}
