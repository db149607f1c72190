import type { CostEstimate, PricedModel } from '../../../shared/features/costs/costs.model.ts';
import { formatPrice } from '../../../shared/features/costs/money.ts';
import { cx } from '../../ui/class-names.ts';
import { formatMoney } from '../../ui/format.ts';
import { Table, type TableColumn } from '../../ui/table.tsx';
import { modelKey, providerName, usagePrice } from './model-words.ts';

type Row = { estimate: CostEstimate; model: PricedModel | undefined; isChosen: boolean; share: number };

/** The same training on every model side by side; the bars repeat the column of sums, so the table is their text. */
export function Comparison(props: {
  estimates: readonly CostEstimate[];
  models: readonly PricedModel[];
  chosen: string;
}) {
  const dearest = Math.max(1, ...props.estimates.map((one) => one.totalMicroUsd));
  const rows: Row[] = props.estimates.map((estimate) => ({
    estimate,
    model: props.models.find((one) => one.provider === estimate.provider && one.id === estimate.model),
    isChosen: modelKey({ provider: estimate.provider, id: estimate.model }) === props.chosen,
    share: estimate.totalMicroUsd / dearest,
  }));
  return (
    <Table
      caption="The same training on every model that can still be trained, cheapest first"
      columns={columns}
      rows={rows}
      rowKey={({ estimate }) => `${estimate.provider}:${estimate.model}`}
      empty="No model with a price on file can be trained any more."
    />
  );
}

function usage(model: PricedModel | undefined, what: 'tuned_input' | 'tuned_output'): string {
  const microUsd = model ? usagePrice(model, what) : null;
  return microUsd === null ? 'not on file' : formatPrice(microUsd);
}

const columns: readonly TableColumn<Row>[] = [
  {
    id: 'model',
    header: 'Model',
    cell: ({ estimate, model, isChosen }) => (
      <span className={cx('whitespace-nowrap', isChosen && 'font-medium')}>
        {model?.name ?? estimate.model}
        <span className="text-muted">{` ${providerName(estimate.provider)}`}</span>
        {isChosen && <span className="sr-only"> (chosen)</span>}
      </span>
    ),
  },
  {
    id: 'bar',
    header: <span className="sr-only">Share of the dearest</span>,
    className: 'w-2/5 min-w-32',
    cell: ({ share, isChosen }) => (
      <span aria-hidden className="block h-3 w-full rounded-sm bg-sunken">
        <span
          className={cx('block h-3 min-w-px rounded-sm', isChosen ? 'bg-accent' : 'bg-chart-8')}
          style={{ width: `${share * 100}%` }}
        />
      </span>
    ),
  },
  {
    id: 'total',
    header: 'This training',
    align: 'end',
    cell: ({ estimate, isChosen }) => (
      <span className={cx(isChosen && 'font-medium')}>{formatMoney(estimate.totalMicroUsd)}</span>
    ),
  },
  {
    id: 'price',
    header: 'Training per 1M',
    align: 'end',
    cell: ({ estimate }) => formatPrice(estimate.price.microUsdPerUnit),
  },
  { id: 'input', header: 'Input per 1M', align: 'end', cell: ({ model }) => usage(model, 'tuned_input') },
  { id: 'output', header: 'Output per 1M', align: 'end', cell: ({ model }) => usage(model, 'tuned_output') },
];
